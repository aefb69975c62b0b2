// google-spreadsheet: what its documentation speaks of.
import { GoogleSpreadsheet } from 'google-spreadsheet';
import { run, same, task } from './kit.mjs';

const auth = { token: 'local:ada@example.com' };
const doc = await GoogleSpreadsheet.createNewSpreadsheetDocument(auth, { title: 'Roster' });
let people;

task('creates a document', () => same(doc.title, 'Roster'));
task('loads a document by its id', async () => {
  const again = new GoogleSpreadsheet(doc.spreadsheetId, auth);
  await again.loadInfo();
  same([again.title, again.sheetCount], ['Roster', 1]);
});
task('says when there is no such document', async () => {
  let why = '';
  await new GoogleSpreadsheet(`1${'0'.repeat(43)}`, auth).loadInfo().catch((error) => { why = error.message; });
  same(why.includes('404'), true);
});
task('changes properties of a document', async () => {
  await doc.updateProperties({ title: 'People', timeZone: 'Europe/Berlin' });
  await doc.loadInfo();
  same([doc.title, doc.timeZone], ['People', 'Europe/Berlin']);
});
task('adds a sheet with a header', async () => {
  people = await doc.addSheet({ title: 'People', headerValues: ['name', 'age'] });
  same(people.headerValues, ['name', 'age']);
});
task('finds sheets by title, number and id', () => {
  same([doc.sheetsByTitle.People.sheetId, doc.sheetsByIndex[1].sheetId], [people.sheetId, people.sheetId]);
});
task('adds a row of an object', async () => same((await people.addRow({ name: 'Ada', age: 36 })).get('name'), 'Ada'));
task('adds rows of lists', async () => same((await people.addRows([['Ben', 41], ['Cleo', 29]])).length, 2));
task('reads rows', async () => same((await people.getRows()).map((r) => r.get('name')), ['Ada', 'Ben', 'Cleo']));
task('reads some rows', async () => same((await people.getRows({ offset: 1, limit: 1 })).map((r) => r.get('name')), ['Ben']));
task('turns rows into objects', async () => same((await people.getRows())[0].toObject(), { name: 'Ada', age: '36' }));
task('changes and saves a row', async () => {
  const [row] = await people.getRows();
  row.set('age', 37);
  await row.save();
  same((await people.getRows())[0].get('age'), '37');
});
task('assigns to a row', async () => {
  const [, row] = await people.getRows();
  row.assign({ name: 'Bert', age: '42' });
  await row.save();
  same((await people.getRows())[1].get('name'), 'Bert');
});
task('deletes a row', async () => {
  const rows = await people.getRows();
  await rows[2].delete();
  same((await people.getRows()).length, 2);
});
task('adds a formula in a row', async () => same((await people.addRow({ name: 'Sum', age: '=B2+B3' })).get('age'), '79'));
task('keeps raw values', async () => same((await people.addRow({ name: '=1+1', age: '007' }, { raw: true })).get('name'), '=1+1'));
task('loads cells', async () => {
  await people.loadCells('A1:C5');
  same([people.getCell(1, 0).value, people.getCellByA1('B2').value], ['Ada', 37]);
});
task('saves changed cells', async () => {
  people.getCellByA1('C2').value = 'new';
  people.getCellByA1('C3').formula = '=B2*2';
  await people.saveUpdatedCells();
  same(people.getCellByA1('C3').value, 74);
});
task('keeps notes', async () => {
  people.getCellByA1('A2').note = 'a note';
  await people.saveUpdatedCells();
  same(people.getCellByA1('A2').note, 'a note');
});
task('keeps formats', async () => {
  const cell = people.getCellByA1('A1');
  cell.textFormat = { bold: true };
  cell.backgroundColor = { red: 1 };
  cell.horizontalAlignment = 'CENTER';
  await people.saveUpdatedCells();
  same(cell.textFormat.bold, true);
});
task('shows numbers by their format', async () => {
  const cell = people.getCellByA1('B2');
  cell.numberFormat = { type: 'NUMBER', pattern: '0.00' };
  await people.saveUpdatedCells();
  same(cell.formattedValue, '37.00');
});
task('loads cells by a grid range', async () => {
  people.resetLocalCache(true);
  await people.loadCells({ startRowIndex: 0, endRowIndex: 2, startColumnIndex: 0, endColumnIndex: 2 });
  same(people.cellStats.loaded, 4);
});
task('refuses a range outside', async () => {
  let failed = false;
  await people.loadCells('A20000:B20001').catch(() => { failed = true; });
  same(failed, true);
});
task('resizes and renames a sheet', async () => {
  await people.resize({ rowCount: 50, columnCount: 8 });
  await people.updateProperties({ title: 'Persons' });
  same([people.rowCount, people.columnCount, people.title], [50, 8, 'Persons']);
});
task('sets a new header', async () => {
  await people.setHeaderRow(['name', 'years']);
  same((await people.getRows())[0].get('years'), '37.00');
});
task('duplicates and copies a sheet', async () => {
  const copy = await people.duplicate({ title: 'Twice' });
  await copy.delete();
  await people.copyToSpreadsheet(doc.spreadsheetId);
  same(doc.sheetCount >= 2, true);
});
task('inserts columns and rows', async () => {
  await people.insertDimension('ROWS', { startIndex: 1, endIndex: 2 });
  await people.insertDimension('COLUMNS', { startIndex: 0, endIndex: 1 });
  await people.loadCells('A1:C3');
  same(people.getCellByA1('B3').value, 'Ada');
});
task('merges and unmerges cells', async () => {
  const area = { startRowIndex: 10, endRowIndex: 12, startColumnIndex: 0, endColumnIndex: 2 };
  await people.mergeCells(area);
  await people.unmergeCells(area);
});
task('sets widths', () => people.updateDimensionProperties('COLUMNS', { pixelSize: 200 }, { startIndex: 0, endIndex: 1 }));
task('protects a range', async () => {
  const made = await people.addProtectedRange({ range: { sheetId: people.sheetId, startRowIndex: 0, endRowIndex: 1 } });
  await people.deleteProtectedRange(made.protectedRange.protectedRangeId);
});
task('names a range', async () => {
  const made = await doc.addNamedRange('people', { sheetId: people.sheetId, startRowIndex: 0, endRowIndex: 2 });
  await doc.deleteNamedRange(made.namedRange.namedRangeId);
});
task('keeps developer metadata', async () => {
  await people.createDeveloperMetadata({ metadataKey: 'k', metadataValue: 'v', location: { sheetId: people.sheetId }, visibility: 'DOCUMENT' });
});
task('clears rows', async () => {
  await people.clearRows();
  same((await people.getRows()).length, 0);
});
task('clears a sheet', () => people.clear());
task('exports as CSV', async () => {
  const csv = Buffer.from(await doc.sheetsByIndex[0].downloadAsCSV()).toString();
  same(typeof csv, 'string');
});
task('exports as XLSX and ODS', async () => {
  same(Buffer.from(await doc.downloadAsXLSX()).subarray(0, 2).toString(), 'PK');
  same(Buffer.from(await doc.downloadAsODS()).subarray(0, 2).toString(), 'PK');
});
task('shares with a person', async () => {
  await doc.share('ben@example.com', { role: 'writer' });
  same((await doc.listPermissions()).some((p) => p.emailAddress === 'ben@example.com'), true);
});
task('shares with everybody and takes it back', async () => {
  await doc.setPublicAccessLevel('reader');
  const reader = new GoogleSpreadsheet(doc.spreadsheetId, { apiKey: 'any' });
  await reader.loadInfo();
  await doc.setPublicAccessLevel(false);
  let why = '';
  await new GoogleSpreadsheet(doc.spreadsheetId, { apiKey: 'any' }).loadInfo().catch((error) => { why = error.message; });
  same(why.includes('403'), true);
});
task('deletes a document', async () => {
  const gone = await GoogleSpreadsheet.createNewSpreadsheetDocument(auth, { title: 'Gone' });
  await gone.delete();
});

await run();
