# Copied beside version 0.1's files on the way back (infra/README.md): the token key goes back to the address that 0.1
# knows, instead of being destroyed and made anew, with which older mails could no longer be answered.
moved {
  from = google_secret_manager_secret.key["token"]
  to   = google_secret_manager_secret.token_key
}

moved {
  from = google_secret_manager_secret_version.key["token"]
  to   = google_secret_manager_secret_version.token_key
}

moved {
  from = google_secret_manager_secret_iam_member.key["book_first_meetings token_key"]
  to   = google_secret_manager_secret_iam_member.token_key["book_first_meetings"]
}

moved {
  from = google_secret_manager_secret_iam_member.key["send_follow_ups token_key"]
  to   = google_secret_manager_secret_iam_member.token_key["send_follow_ups"]
}

moved {
  from = google_secret_manager_secret_iam_member.key["collect_replies token_key"]
  to   = google_secret_manager_secret_iam_member.token_key["collect_replies"]
}

moved {
  from = google_secret_manager_secret_iam_member.key["report token_key"]
  to   = google_secret_manager_secret_iam_member.token_key["report"]
}
