"""Values to text: pure functions that return strips, content or strings, and know no widget."""
