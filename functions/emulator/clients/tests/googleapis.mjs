// googleapis: Google's own client for Node, pointed here by its root address alone.
import { google } from 'googleapis';
import { Readable } from 'node:stream';
import { run, same, task, url } from './kit.mjs';

const as = (address) => {
  const client = new google.auth.OAuth2('app', 'secret', 'http://localhost:9/back');
  client.setCredentials({ access_token: `local:${address}` });
  return client;
};
const options = { auth: as('ada@example.com'), rootUrl: `${url}/` };
const drive = google.drive({ version: 'v3', ...options });
const sheets = google.sheets({ version: 'v4', ...options });
const gmail = google.gmail({ version: 'v1', ...options });
const calendar = google.calendar({ version: 'v3', ...options });
const directory = google.admin({ version: 'directory_v1', ...options });
const storage = google.storage({ version: 'v1', ...options });
const bens = google.gmail({ version: 'v1', auth: as('ben@example.com'), rootUrl: `${url}/` });
const kept = {};
const raw = (text) => Buffer.from(text).toString('base64url');

task('creates a spreadsheet', async () => {
  kept.book = (await sheets.spreadsheets.create({ requestBody: { properties: { title: 'Roster' } } })).data.spreadsheetId;
});
task('writes values', async () => {
  const { data } = await sheets.spreadsheets.values.update({ spreadsheetId: kept.book, range: 'A1', valueInputOption: 'USER_ENTERED', requestBody: { values: [['a', 'b'], [1, '=A2*2']] } });
  same(data.updatedCells, 4);
});
task('reads values', async () => {
  same((await sheets.spreadsheets.values.get({ spreadsheetId: kept.book, range: 'A1:B2' })).data.values, [['a', 'b'], ['1', '2']]);
});
task('reads several ranges', async () => {
  same((await sheets.spreadsheets.values.batchGet({ spreadsheetId: kept.book, ranges: ['A1', 'B2'] })).data.valueRanges.length, 2);
});
task('appends values', async () => {
  const { data } = await sheets.spreadsheets.values.append({ spreadsheetId: kept.book, range: 'A1', valueInputOption: 'RAW', requestBody: { values: [['c']] } });
  same(data.updates.updatedRange, 'Sheet1!A3');
});
task('updates in a batch', async () => {
  const { data } = await sheets.spreadsheets.batchUpdate({ spreadsheetId: kept.book, requestBody: { requests: [{ addSheet: { properties: { title: 'Two' } } }] } });
  same(data.replies[0].addSheet.properties.title, 'Two');
});
task('masks answers', async () => {
  const { data } = await sheets.spreadsheets.get({ spreadsheetId: kept.book, fields: 'sheets.properties.title' });
  same(data.sheets.map((s) => s.properties.title), ['Sheet1', 'Two']);
});
task('finds by data filter', async () => {
  const { data } = await sheets.spreadsheets.values.batchGetByDataFilter({ spreadsheetId: kept.book, requestBody: { dataFilters: [{ a1Range: 'Sheet1!A1' }] } });
  same(data.valueRanges[0].valueRange.values, [['a']]);
});
task('clears values', async () => {
  same((await sheets.spreadsheets.values.clear({ spreadsheetId: kept.book, range: 'A3' })).data.clearedRange, 'Sheet1!A3');
});
task('uploads a text', async () => {
  const { data } = await drive.files.create({ requestBody: { name: 'a.txt' }, media: { mimeType: 'text/plain', body: 'hello' }, fields: 'id,size' });
  kept.file = data.id;
  same(data.size, '5');
});
task('uploads a stream', async () => {
  const { data } = await drive.files.create({ requestBody: { name: 's' }, media: { mimeType: 'text/plain', body: Readable.from(['one', 'two']) }, fields: 'size' });
  same(data.size, '6');
});
task('downloads a file', async () => {
  const { data } = await drive.files.get({ fileId: kept.file, alt: 'media' }, { responseType: 'arraybuffer' });
  same(Buffer.from(data).toString(), 'hello');
});
task('downloads a stream', async () => {
  const { data } = await drive.files.get({ fileId: kept.file, alt: 'media' }, { responseType: 'stream' });
  let text = '';
  for await (const piece of data) text += Buffer.from(piece).toString();
  same(text, 'hello');
});
task('imports a table', async () => {
  const { data } = await drive.files.create({ requestBody: { name: 'T', mimeType: 'application/vnd.google-apps.spreadsheet' }, media: { mimeType: 'text/csv', body: 'a,b\n1,2' } });
  same((await sheets.spreadsheets.values.get({ spreadsheetId: data.id, range: 'A2:B2' })).data.values, [['1', '2']]);
});
task('exports a spreadsheet', async () => {
  const { data } = await drive.files.export({ fileId: kept.book, mimeType: 'text/csv' }, { responseType: 'text' });
  same(String(data).startsWith('a,b'), true);
});
task('lists files by a search', async () => {
  same((await drive.files.list({ q: "name = 'Roster' and trashed = false" })).data.files.length, 1);
});
task('works in folders', async () => {
  const folder = (await drive.files.create({ requestBody: { name: 'F', mimeType: 'application/vnd.google-apps.folder' } })).data.id;
  await drive.files.copy({ fileId: kept.file, requestBody: { name: 'copy', parents: [folder] } });
  same((await drive.files.list({ q: `'${folder}' in parents` })).data.files[0].name, 'copy');
});
task('shares a file', async () => {
  same((await drive.permissions.create({ fileId: kept.file, requestBody: { type: 'anyone', role: 'reader' } })).data.role, 'reader');
});
task('says who somebody is', async () => same((await drive.about.get({ fields: 'user' })).data.user.emailAddress, 'ada@example.com'));
task('sends a mail', async () => {
  kept.mail = (await gmail.users.messages.send({ userId: 'me', requestBody: { raw: raw('To: ben@example.com\r\nSubject: Hi\r\n\r\nHello') } })).data.id;
  same((await bens.users.messages.list({ userId: 'me', q: 'subject:Hi' })).data.messages.length, 1);
});
task('sends a mail as an upload', async () => {
  const { data } = await gmail.users.messages.send({ userId: 'me', media: { mimeType: 'message/rfc822', body: 'To: ben@example.com\r\nSubject: Up\r\n\r\nHello' } });
  same(data.labelIds.includes('SENT'), true);
});
task('reads and labels a mail', async () => {
  const label = (await gmail.users.labels.create({ userId: 'me', requestBody: { name: 'L' } })).data.id;
  const { data } = await gmail.users.messages.modify({ userId: 'me', id: kept.mail, requestBody: { addLabelIds: [label] } });
  same(data.labelIds.includes(label), true);
});
task('makes and sends a draft', async () => {
  const { data } = await gmail.users.drafts.create({ userId: 'me', requestBody: { message: { raw: raw('To: ben@example.com\r\nSubject: D\r\n\r\n') } } });
  same((await gmail.users.drafts.send({ userId: 'me', requestBody: { id: data.id } })).status, 200);
});
task('reads threads', async () => same((await bens.users.threads.list({ userId: 'me' })).data.threads.length >= 3, true));
task('keeps signatures', async () => {
  const { data } = await gmail.users.settings.sendAs.patch({ userId: 'me', sendAsEmail: 'ada@example.com', requestBody: { signature: 'Ada' } });
  same(data.signature, 'Ada');
});
task('watches a mailbox', async () => {
  same(Number((await gmail.users.watch({ userId: 'me', requestBody: { topicName: 'projects/p/topics/t' } })).data.expiration) > 0, true);
});
task('inserts an event', async () => {
  const { data } = await calendar.events.insert({ calendarId: 'primary', requestBody: { summary: 'Coffee', start: { dateTime: '2036-12-01T10:00:00Z', timeZone: 'UTC' }, end: { dateTime: '2036-12-01T10:30:00Z', timeZone: 'UTC' }, recurrence: ['RRULE:FREQ=DAILY;COUNT=3'] } });
  kept.event = data.id;
});
task('lists instances and changes one', async () => {
  const { data } = await calendar.events.instances({ calendarId: 'primary', eventId: kept.event });
  await calendar.events.patch({ calendarId: 'primary', eventId: data.items[1].id, requestBody: { summary: 'Tea' } });
  const again = await calendar.events.instances({ calendarId: 'primary', eventId: kept.event });
  same(again.data.items.map((i) => i.summary), ['Coffee', 'Tea', 'Coffee']);
});
task('adds an event by a sentence', async () => {
  same((await calendar.events.quickAdd({ calendarId: 'primary', text: 'Dinner tomorrow 7pm' })).data.summary, 'Dinner');
});
task('asks for free and busy', async () => {
  const { data } = await calendar.freebusy.query({ requestBody: { timeMin: '2036-12-01T00:00:00Z', timeMax: '2036-12-02T00:00:00Z', items: [{ id: 'primary' }] } });
  same(data.calendars.primary.busy.length, 1);
});
task('shares a calendar', async () => {
  const { data } = await calendar.calendars.insert({ requestBody: { summary: 'Team' } });
  same((await calendar.acl.insert({ calendarId: data.id, requestBody: { role: 'reader', scope: { type: 'default' } } })).data.id, 'default');
});
task('lists calendars and colours', async () => {
  same((await calendar.calendarList.list()).data.items.length, 2);
  same(Object.keys((await calendar.colors.get()).data.event).length, 11);
});
task('lists users and groups', async () => {
  same((await directory.users.list({ customer: 'my_customer' })).data.users.length, 2);
  await directory.groups.insert({ requestBody: { email: 'team@example.com' } });
  same((await directory.groups.list({ customer: 'my_customer' })).data.groups.length, 1);
});
task('keeps objects', async () => {
  await storage.objects.insert({ bucket: 'b', name: 'o', media: { mimeType: 'text/plain', body: 'one' } });
  const { data } = await storage.objects.get({ bucket: 'b', object: 'o', alt: 'media' }, { responseType: 'text' });
  same(String(data), 'one');
});
task('exchanges a code', async () => {
  const client = new google.auth.OAuth2({ clientId: 'app', clientSecret: 'secret', redirectUri: 'http://localhost:9/back' });
  const page = client.generateAuthUrl({ access_type: 'offline', scope: ['openid', 'email'], login_hint: 'ben@example.com', prompt: 'none' });
  const answer = await fetch(page, { redirect: 'manual' });
  const code = new URL(answer.headers.get('location')).searchParams.get('code');
  const { tokens } = await client.getToken(code);
  client.setCredentials(tokens);
  same((await client.getTokenInfo(tokens.access_token)).email, 'ben@example.com');
  const ticket = await client.verifyIdToken({ idToken: tokens.id_token, audience: 'app' });
  same(ticket.getPayload().email, 'ben@example.com');
  await client.revokeCredentials();
});
task('names what it does not do', async () => {
  let status = 0;
  await drive.changes.getStartPageToken().catch((error) => { status = error.status ?? error.code; });
  same(Number(status), 501);
});

await run();
