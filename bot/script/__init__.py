"""The script language: YAML files read into one immutable, validated Script."""
