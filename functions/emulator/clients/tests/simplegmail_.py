"""simplegmail: what its README speaks of."""

import os

from kit import BEN, credentials, lead_here, run, same, task
from simplegmail import Gmail
from simplegmail.query import construct_query

lead_here()
ada = Gmail(credentials=credentials())
ben = Gmail(credentials=credentials(BEN))


def send(subject="Hello", **more):
    return ada.send_message(
        **{
            "sender": "ada@example.com",
            "to": "ben@example.com",
            "subject": subject,
            "msg_plain": "Hi Ben",
            **more,
        }
    )


def bens(subject):
    return next(m for m in ben.get_messages(query=f"subject:{subject}"))


@task
def sends_plain_text():
    same(send().subject, "Hello")


@task
def arrives():
    same(bens("Hello").plain.strip(), "Hi Ben")


@task
def names_sender_and_recipient():
    same(
        (bens("Hello").sender.split("<")[-1].rstrip(">"), bens("Hello").recipient),
        ("ada@example.com", "ben@example.com"),
    )


@task
def sends_html_and_text():
    send("Both", msg_html="<h1>Hi</h1>")
    same("<h1>Hi</h1>" in bens("Both").html, True)


@task
def sends_to_cc_and_bcc():
    send("Copies", cc=["ben@example.com"], bcc=["ada@example.com"])
    same(bens("Copies").cc, ["ben@example.com"])


@task
def signs_with_the_account_s_signature():
    ada.service.users().settings().sendAs().patch(
        userId="me", sendAsEmail="ada@example.com", body={"signature": "Ada B."}
    ).execute()
    send("Signed", msg_html="<p>Hi</p>", signature=True)
    assert "Ada B." in bens("Signed").html


@task
def attaches_files():
    with open("note.txt", "w") as file:
        file.write("attached")
    send("File", attachments=["note.txt"])
    same([a.filename for a in bens("File").attachments], ["note.txt"])


@task
def downloads_and_saves_attachments():
    attachment = bens("File").attachments[0]
    attachment.save("saved.txt", overwrite=True)
    same(open("saved.txt").read(), "attached")


@task
def lists_the_unread_inbox():
    assert len(ben.get_unread_inbox()) >= 4


@task
def marks_as_read_and_unread():
    message = bens("Hello")
    message.mark_as_read()
    assert "Hello" not in [m.subject for m in ben.get_unread_inbox()]
    message.mark_as_unread()
    assert "Hello" in [m.subject for m in ben.get_unread_inbox()]


@task
def stars_and_unstars():
    bens("Hello").star()
    same([m.subject for m in ben.get_starred_messages()], ["Hello"])
    bens("Hello").unstar()
    same(ben.get_starred_messages(), [])


@task
def marks_as_important():
    bens("Hello").mark_as_important()
    same([m.subject for m in ben.get_important_messages()], ["Hello"])
    bens("Hello").mark_as_not_important()


@task
def marks_as_spam_and_not():
    message = bens("Both")
    message.mark_as_spam()
    same([m.subject for m in ben.get_spam_messages()], ["Both"])
    message.mark_as_not_spam()


@task
def puts_into_the_bin_and_back():
    message = bens("Copies")
    message.trash()
    same([m.subject for m in ben.get_trash_messages()], ["Copies"])
    message.untrash()
    same(ben.get_trash_messages(), [])


@task
def archives_and_moves_to_the_inbox():
    message = bens("Signed")
    message.archive()
    assert "Signed" not in [m.subject for m in ben.get_messages(labels=["INBOX"])]
    message.move_to_inbox()
    assert "Signed" in [m.subject for m in ben.get_messages(labels=["INBOX"])]


@task
def lists_labels():
    assert {"INBOX", "SENT", "UNREAD"} <= {label.name for label in ben.list_labels()}


@task
def makes_a_label():
    same(ben.create_label("Mentoring").name, "Mentoring")


def label():
    return next(x for x in ben.list_labels() if x.name == "Mentoring")


@task
def adds_a_label():
    bens("Hello").add_label(label())
    same([m.subject for m in ben.get_messages(labels=[label()])], ["Hello"])


@task
def removes_a_label():
    bens("Hello").remove_label(label())
    same(ben.get_messages(labels=[label()]), [])


@task
def changes_several_labels_at_once():
    bens("Hello").modify_labels(to_add=label(), to_remove="INBOX")
    bens("Hello").modify_labels(to_add="INBOX", to_remove=label())


@task
def moves_from_the_inbox_to_a_label():
    bens("File").move_from_inbox(label())
    same([m.subject for m in ben.get_messages(labels=[label()])], ["File"])


@task
def deletes_a_label():
    ben.delete_label(label())
    assert "Mentoring" not in [x.name for x in ben.list_labels()]


@task
def lists_sent_messages():
    assert "Hello" in [m.subject for m in ada.get_sent_messages()]


@task
def makes_drafts():
    ada.create_draft(sender="ada@example.com", to="ben@example.com", subject="Draft", msg_plain="later")
    same([m.subject for m in ada.get_drafts()], ["Draft"])


@task
def searches_by_a_query():
    found = ben.get_messages(query=construct_query(sender="ada@example.com", subject="Hello"))
    same([m.subject for m in found], ["Hello"])


@task
def searches_by_age_and_state():
    found = ben.get_messages(query=construct_query(newer_than=(2, "day"), unread=True))
    assert len(found) >= 3


@task
def searches_for_attachments():
    same([m.subject for m in ben.get_messages(query=construct_query(attachment=True))], ["File"])


@task
def searches_by_either():
    found = ben.get_messages(query=construct_query({"subject": "Hello"}, {"subject": "Both"}))
    same({m.subject for m in found}, {"Hello", "Both"})


@task
def reads_headers_and_dates():
    message = bens("Hello")
    assert message.date
    same(message.headers["Subject"], "Hello")


@task
def reads_many_messages():
    for n in range(12):
        send(f"Many{n}")
    assert len(ben.get_messages(query="subject:Many1 OR subject:Many2")) >= 2
    assert len(ben.get_messages(attachments="ignore")) >= 17


@task
def refreshes_nothing_it_has_no_right_to():
    same(os.path.exists("gmail_token.json"), False)


run()
