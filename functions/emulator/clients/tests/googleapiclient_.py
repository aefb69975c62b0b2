"""google-api-python-client: its documents' subjects, built from discovery documents that lead here."""

import io

from googleapiclient.discovery import build, build_from_document
from googleapiclient.errors import HttpError
from googleapiclient.http import BatchHttpRequest, MediaInMemoryUpload, MediaIoBaseDownload, MediaIoBaseUpload
from kit import BEN, URL, credentials, run, same, task

from workspace_emulator.redirected import redirected

DOCUMENTS = URL + "/discovery/v1/apis/{api}/{apiVersion}/rest"
SHEET = "application/vnd.google-apps.spreadsheet"


def service(api, version, who=None):
    return build(
        api,
        version,
        credentials=credentials(who) if who else credentials(),
        discoveryServiceUrl=DOCUMENTS,
        static_discovery=False,
    )


drive, sheets, gmail = service("drive", "v3"), service("sheets", "v4"), service("gmail", "v1")
calendar, storage, directory = (
    service("calendar", "v3"),
    service("storage", "v1"),
    service("admin", "directory_v1"),
)
bens_mail = service("gmail", "v1", BEN)
kept = {}


@task
def builds_from_documents_that_lead_here():
    assert drive._baseUrl.startswith(URL)


@task
def builds_with_an_endpoint_alone():
    plain = build("sheets", "v4", credentials=credentials(), client_options={"api_endpoint": URL})
    same(
        plain.spreadsheets()
        .create(body={"properties": {"title": "Endpoint"}})
        .execute()["properties"]["title"],
        "Endpoint",
    )


@task
def uploads_and_batches_with_an_endpoint_alone():
    with redirected(URL):
        plain = build("drive", "v3", credentials=credentials(), client_options={"api_endpoint": URL})
        names = [
            plain.files()
            .create(body={"name": n}, media_body=MediaInMemoryUpload(b"x", "text/plain", resumable=r))
            .execute()["name"]
            for n, r in (("one", False), ("two", True))
        ]
        events = build("calendar", "v3", credentials=credentials(), client_options={"api_endpoint": URL})
        batch = events.new_batch_http_request(
            callback=lambda i, answer, error: names.append(error or answer["id"])
        )
        batch.add(events.calendars().get(calendarId="primary"))
        batch.execute()
    same(names, ["one", "two", "ada@example.com"])


@task
def stays_here_with_another_root_in_the_document():
    stays = build_from_document({**calendar._rootDesc, "rootUrl": URL + "/"}, credentials=credentials())
    names = []
    batch = stays.new_batch_http_request(
        callback=lambda i, answer, error: names.append(error or answer["id"])
    )
    batch.add(stays.calendars().get(calendarId="primary"))
    batch.execute()
    same(names, ["ada@example.com"])


@task
def builds_with_an_api_key():
    key = build("sheets", "v4", developerKey="any", discoveryServiceUrl=DOCUMENTS, static_discovery=False)
    try:
        key.spreadsheets().get(spreadsheetId="1" + "0" * 43).execute()
    except HttpError as error:
        same(error.resp.status, 404)


@task
def creates_a_spreadsheet_and_writes_values():
    kept["book"] = (
        sheets.spreadsheets().create(body={"properties": {"title": "Roster"}}).execute()["spreadsheetId"]
    )
    body = {"values": [["a", "b"], [1, "=A2*2"]]}
    answer = (
        sheets.spreadsheets()
        .values()
        .update(spreadsheetId=kept["book"], range="A1", valueInputOption="USER_ENTERED", body=body)
        .execute()
    )
    same(answer["updatedCells"], 4)


@task
def reads_values_in_three_renderings():
    values = sheets.spreadsheets().values()
    got = [
        values.get(spreadsheetId=kept["book"], range="B2", valueRenderOption=r).execute()["values"][0][0]
        for r in ("FORMATTED_VALUE", "UNFORMATTED_VALUE", "FORMULA")
    ]
    same(got, ["2", 2, "=A2*2"])


@task
def appends_values():
    answer = (
        sheets.spreadsheets()
        .values()
        .append(spreadsheetId=kept["book"], range="A1", valueInputOption="RAW", body={"values": [["c"]]})
        .execute()
    )
    same(answer["updates"]["updatedRange"], "Sheet1!A3")


@task
def updates_in_a_batch():
    requests = [
        {"addSheet": {"properties": {"title": "Two"}}},
        {
            "repeatCell": {
                "range": {"sheetId": 0, "endRowIndex": 1},
                "cell": {"userEnteredFormat": {"textFormat": {"bold": True}}},
                "fields": "userEnteredFormat.textFormat",
            }
        },
    ]
    same(
        len(
            sheets.spreadsheets()
            .batchUpdate(spreadsheetId=kept["book"], body={"requests": requests})
            .execute()["replies"]
        ),
        2,
    )


@task
def gets_a_masked_spreadsheet():
    same(
        sheets.spreadsheets().get(spreadsheetId=kept["book"], fields="sheets.properties.title").execute(),
        {"sheets": [{"properties": {"title": "Sheet1"}}, {"properties": {"title": "Two"}}]},
    )


@task
def finds_by_data_filter():
    body = {"dataFilters": [{"a1Range": "Sheet1!A1:A2"}]}
    answer = (
        sheets.spreadsheets().values().batchGetByDataFilter(spreadsheetId=kept["book"], body=body).execute()
    )
    same(answer["valueRanges"][0]["valueRange"]["values"], [["a"], ["1"]])


@task
def uploads_a_file_in_one_piece():
    made = (
        drive.files()
        .create(
            body={"name": "a.txt"}, media_body=MediaInMemoryUpload(b"hello", "text/plain"), fields="id,size"
        )
        .execute()
    )
    kept["file"] = made["id"]
    same(made["size"], "5")


@task
def uploads_a_file_in_pieces():
    media = MediaIoBaseUpload(
        io.BytesIO(b"x" * 1_000_000), "application/octet-stream", chunksize=256 * 1024, resumable=True
    )
    request, answer, pieces = (
        drive.files().create(body={"name": "large"}, media_body=media, fields="size"),
        None,
        0,
    )
    while answer is None:
        _, answer = request.next_chunk()
        pieces += 1
    same((answer["size"], pieces), ("1000000", 4))


@task
def downloads_in_pieces():
    out = io.BytesIO()
    load, done = MediaIoBaseDownload(out, drive.files().get_media(fileId=kept["file"]), chunksize=2), False
    while not done:
        _, done = load.next_chunk()
    same(out.getvalue(), b"hello")


@task
def uploads_a_table_as_a_spreadsheet():
    media = MediaInMemoryUpload(b"a,b\n1,2", "text/csv", resumable=True)
    made = drive.files().create(body={"name": "T", "mimeType": SHEET}, media_body=media).execute()
    same(
        sheets.spreadsheets().values().get(spreadsheetId=made["id"], range="A1:B2").execute()["values"],
        [["a", "b"], ["1", "2"]],
    )


@task
def exports_a_spreadsheet():
    assert drive.files().export(fileId=kept["book"], mimeType="text/csv").execute().startswith(b"a,b")


@task
def pages_through_lists():
    request, names = drive.files().list(pageSize=2, fields="nextPageToken,files(name)"), []
    while request is not None:
        answer = request.execute()
        names += [f["name"] for f in answer["files"]]
        request = drive.files().list_next(request, answer)
    assert {"Roster", "a.txt", "large", "T"} <= set(names)


@task
def shares_a_file():
    made = (
        drive.permissions()
        .create(
            fileId=kept["book"],
            body={"type": "user", "role": "reader", "emailAddress": "ben@example.com"},
            fields="id,role",
        )
        .execute()
    )
    same(made["role"], "reader")


@task
def works_in_folders():
    folder = (
        drive.files()
        .create(body={"name": "F", "mimeType": "application/vnd.google-apps.folder"})
        .execute()["id"]
    )
    drive.files().create(body={"name": "in", "mimeType": SHEET, "parents": [folder]}).execute()
    same([f["name"] for f in drive.files().list(q=f"'{folder}' in parents").execute()["files"]], ["in"])


@task
def calls_in_batches():
    names = []
    batch = drive.new_batch_http_request(
        callback=lambda i, answer, error: names.append(error or answer["name"])
    )
    batch.add(drive.files().get(fileId=kept["file"]))
    batch.add(drive.files().get(fileId=kept["book"]))
    batch.execute()
    same(sorted(names), ["Roster", "a.txt"])


@task
def tells_errors_within_batches():
    errors = []
    batch = calendar.new_batch_http_request()
    batch.add(
        calendar.events().get(calendarId="primary", eventId="nothing"),
        callback=lambda i, answer, error: errors.append(error.resp.status),
    )
    batch.execute()
    same([int(e) for e in errors], [404])


@task
def batches_by_an_address_of_one_s_own():
    batch = BatchHttpRequest(batch_uri=f"{URL}/batch/gmail/v1")
    batch.add(
        gmail.users().getProfile(userId="me"), callback=lambda i, answer, error: kept.update(profile=answer)
    )
    batch.execute(http=gmail._http)
    same(kept["profile"]["emailAddress"], "ada@example.com")


@task
def sends_a_mail():
    import base64

    raw = base64.urlsafe_b64encode(b"To: ben@example.com\r\nSubject: Hi\r\n\r\nHello").decode()
    kept["mail"] = gmail.users().messages().send(userId="me", body={"raw": raw}).execute()["id"]
    same(bens_mail.users().messages().list(userId="me", q="subject:Hi").execute()["resultSizeEstimate"], 1)


@task
def sends_a_mail_as_an_upload():
    media = MediaInMemoryUpload(
        b"To: ben@example.com\r\nSubject: Uploaded\r\n\r\nHello", "message/rfc822", resumable=True
    )
    assert gmail.users().messages().send(userId="me", body={}, media_body=media).execute()["id"]


@task
def labels_a_mail():
    label = gmail.users().labels().create(userId="me", body={"name": "L"}).execute()["id"]
    assert (
        label
        in gmail.users()
        .messages()
        .modify(userId="me", id=kept["mail"], body={"addLabelIds": [label]})
        .execute()["labelIds"]
    )


@task
def makes_and_sends_a_draft():
    import base64

    raw = base64.urlsafe_b64encode(b"To: ben@example.com\r\nSubject: D\r\n\r\n").decode()
    draft = gmail.users().drafts().create(userId="me", body={"message": {"raw": raw}}).execute()
    assert gmail.users().drafts().send(userId="me", body={"id": draft["id"]}).execute()["threadId"]


@task
def follows_the_history():
    start = bens_mail.users().getProfile(userId="me").execute()["historyId"]
    sends_a_mail_as_an_upload()
    assert bens_mail.users().history().list(userId="me", startHistoryId=start).execute()["history"]


@task
def watches_a_mailbox_and_stops():
    assert gmail.users().watch(userId="me", body={"topicName": "projects/p/topics/t"}).execute()["expiration"]
    gmail.users().stop(userId="me").execute()


@task
def inserts_and_lists_events():
    body = {
        "summary": "Coffee",
        "start": {"dateTime": "2036-12-01T10:00:00Z", "timeZone": "UTC"},
        "end": {"dateTime": "2036-12-01T10:30:00Z", "timeZone": "UTC"},
        "recurrence": ["RRULE:FREQ=DAILY;COUNT=3"],
        "attendees": [{"email": "ben@example.com"}],
    }
    kept["event"] = (
        calendar.events().insert(calendarId="primary", body=body, sendUpdates="all").execute()["id"]
    )
    same(len(calendar.events().list(calendarId="primary", singleEvents=True).execute()["items"]), 3)


@task
def changes_one_instance():
    second = calendar.events().instances(calendarId="primary", eventId=kept["event"]).execute()["items"][1]
    calendar.events().patch(calendarId="primary", eventId=second["id"], body={"summary": "Tea"}).execute()
    same(
        [
            i["summary"]
            for i in calendar.events()
            .instances(calendarId="primary", eventId=kept["event"])
            .execute()["items"]
        ],
        ["Coffee", "Tea", "Coffee"],
    )


@task
def synchronises_changes():
    token = calendar.events().list(calendarId="primary").execute()["nextSyncToken"]
    calendar.events().quickAdd(calendarId="primary", text="Dinner tomorrow 7pm").execute()
    same(
        [
            e["summary"]
            for e in calendar.events().list(calendarId="primary", syncToken=token).execute()["items"]
        ],
        ["Dinner"],
    )


@task
def asks_for_free_and_busy():
    body = {
        "timeMin": "2036-12-01T00:00:00Z",
        "timeMax": "2036-12-02T00:00:00Z",
        "items": [{"id": "ben@example.com"}],
    }
    same(len(calendar.freebusy().query(body=body).execute()["calendars"]["ben@example.com"]["busy"]), 1)


@task
def shares_a_calendar():
    made = calendar.calendars().insert(body={"summary": "Team"}).execute()["id"]
    calendar.acl().insert(
        calendarId=made, body={"role": "reader", "scope": {"type": "user", "value": "ben@example.com"}}
    ).execute()
    same(
        service("calendar", "v3", BEN).calendarList().insert(body={"id": made}).execute()["accessRole"],
        "reader",
    )


@task
def keeps_groups():
    directory.groups().insert(body={"email": "team@example.com"}).execute()
    directory.members().insert(groupKey="team@example.com", body={"email": "ben@example.com"}).execute()
    same(
        directory.members().list(groupKey="team@example.com").execute()["members"][0]["email"],
        "ben@example.com",
    )


@task
def lists_users():
    same(len(directory.users().list(customer="my_customer").execute()["users"]), 2)


@task
def keeps_objects():
    storage.buckets().insert(project="p", body={"name": "b"}).execute()
    storage.objects().insert(
        bucket="b", name="o", media_body=MediaInMemoryUpload(b"1", "text/plain")
    ).execute()
    same(storage.objects().get_media(bucket="b", object="o").execute(), b"1")


@task
def says_what_is_wrong():
    try:
        sheets.spreadsheets().values().get(spreadsheetId=kept["book"], range="None!A1").execute()
    except HttpError as error:
        same((error.resp.status, "Unable to parse range" in error.reason), (400, True))


@task
def names_what_it_does_not_do():
    try:
        drive.changes().getStartPageToken().execute()
    except HttpError as error:
        same((error.resp.status, "drive.changes.getStartPageToken" in error.reason), (501, True))


run()
