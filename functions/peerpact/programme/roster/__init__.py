"""What check_roster decides: what admins are told of what they entered. Reading their rows is ``tables``'."""
