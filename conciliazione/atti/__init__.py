"""What every examination needs: acts, clocks of days, letters, and what its pages and its worklist share."""
