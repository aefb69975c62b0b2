"""Google's other APIs by name, so that who asks one of them here hears which it is."""

from __future__ import annotations

import re

DONE = ("Sheets", "Drive", "Calendar", "Gmail", "Directory", "Cloud Storage", "IAM Credentials", "OAuth")

_PATHS = (
    (r"/v1/(people|contactGroups|otherContacts)\b", "the People API"),
    (r"/v1/documents\b", "the Docs API"),
    (r"/v1/presentations\b", "the Slides API"),
    (r"/v1/forms\b", "the Forms API"),
    (r"/v1/(spaces|media|customEmojis)\b", "the Chat API"),
    (r"/v2/(spaces|conferenceRecords)\b", "the Meet API"),
    (r"/v1/(courses|invitations|userProfiles)\b", "the Classroom API"),
    (r"/v1/notes\b", "the Keep API"),
    (r"/(v1/)?tasks/v1/", "the Tasks API"),
    (
        r"/v1/(processes|scripts)\b|/v1/projects(/[^/]+)?(/(content|versions|deployments))?$",
        "the Apps Script API",
    ),
    (r"/v1/projects/[^/]+/(topics|subscriptions|snapshots|schemas)\b", "the Pub/Sub API"),
    (r"/v1/projects/[^/]+/secrets\b", "the Secret Manager API"),
    (r"/v1/projects/[^/]+/serviceAccounts\b", "the IAM API"),
    (r"/v1/projects/[^/]+/databases\b", "the Firestore API"),
    (r"/v1/projects/[^/]+/locations/[^/]+/(jobs|queues)\b", "the Cloud Scheduler or Cloud Tasks API"),
    (r"/v[12]/projects/[^/]+/locations/", "an API of Google Cloud"),
    (r"/v[12]/(customers|groups|policies|devices)\b", "the Cloud Identity API"),
    (r"/admin/reports/", "the Admin Reports API"),
    (r"/admin/datatransfer/", "the Data Transfer API"),
    (r"/groups/v1/groups\b", "the Groups Settings API"),
    (r"/apps/licensing/", "the Licensing API"),
    (r"/apps/alertcenter|/v1beta1/alerts\b", "the Alert Center API"),
    (r"/bigquery/", "BigQuery"),
    (r"/youtube/", "the YouTube API"),
    (r"/webmasters/|/v1/urlInspection", "the Search Console API"),
    (r"/analytics/|/v1beta/(properties|accounts)\b", "the Analytics API"),
    (r"/v1/(photos|albums|mediaItems)\b", "the Photos API"),
    (r"/compute/", "the Compute Engine API"),
    (r"/drivelabels/|/v2/labels\b", "the Drive Labels API"),
    (r"/v2/(files|changes|activity)(:|/|$)|/drive/activity", "the Drive Activity API"),
    (r"/v1/operations\b|/v3/operations\b", "an API of long-running operations"),
    (r"/computeMetadata/", "the metadata server"),
    (
        r"/(calendar|drive|gmail|storage|admin/directory)/v\d\w*/",
        "this path of an API that it knows otherwise",
    ),
    (r"/v4/spreadsheets", "this path of the Sheets API"),
)
_OURS = re.compile(
    r"(?:www|sheets|drive|gmail|calendar(?:-json)?|admin|storage|oauth2|iamcredentials|content|upload)\."
)


def other_api(path: str, host: str = "") -> str | None:
    """Return which of Google's APIs a path, or a host, belongs to, if it is another than those here."""
    for pattern, name in _PATHS:
        if re.match(rf"(?:/upload|/resumable/upload)?{pattern}", path):
            return name
    if host.endswith(".googleapis.com") and not _OURS.match(host):
        return f"the API at {host}"
    return None
