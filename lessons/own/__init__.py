"""What learners bring: their own pictures, texts and series, read with care."""
