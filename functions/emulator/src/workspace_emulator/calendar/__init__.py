"""Calendar v3 of the local Workspace: shared events, people's copies of them, invitations, free/busy."""
