"""What a person at a keyboard does with an installation: set it up, examine it, ask it, take it down."""
