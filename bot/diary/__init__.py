"""Episodes, trends, charts, the doctor's report and export."""
