"""Where parents leave a dialog: counters read, rounded, and shown as a table or a chart."""
