"""Training pictures: photographs from folders and pages drawn here."""
