"""Reading replies: from the bytes of a mail to what its author newly wrote, who wrote it and what it says.

Pure: nothing here opens a mailbox, follows a link, opens an attachment or looks at the clock.
"""
