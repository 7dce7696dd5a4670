"""What changes for a parent between two versions of the script."""
