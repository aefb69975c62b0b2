"""Gmail v1 of the local Workspace: mailboxes, search, threads, drafts, delivery between people."""
