"""What the program costs, measured beside what nothing can undercut (SPEED.md, part A)."""
