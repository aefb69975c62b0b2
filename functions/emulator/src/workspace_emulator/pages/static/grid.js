// What the spreadsheet's grid asks in the browser: may this cell be edited, how does it look, what is noted on it.
window.sheetGrid = (() => {
  const at = (params) => [params.data?.n, params.colDef.field];
  const inside = (spans, n) => (spans ?? []).some(([from, to]) => n >= from && n < to);
  const locked = (params) => {
    const [n, column] = at(params);
    return inside(params.context.locked[column], n);
  };
  const entered = (params) => params.data?.[params.colDef.field];
  const shown = (params) => params.data?.["=" + params.colDef.field] ?? entered(params) ?? "";
  const choices = (params) => {
    const [n, column] = at(params);
    return (params.context.choices[column] ?? []).find(([from, to]) => n >= from && n < to)?.[2];
  };
  const setter = (params) => {
    const value = params.newValue ?? "";
    if (String(value) === String(params.oldValue ?? "")) return false;
    params.data[params.colDef.field] = value;
    delete params.data["=" + params.colDef.field];
    return true;
  };
  const cell = (params) => at(params).reverse().join("");
  const said = (context, cell) => [context.comments[cell], context.notes[cell]].filter(Boolean);
  const note = (params) => said(params.context, cell(params)).join("\n\n") || longText(params);
  const longText = (params) => (String(shown(params)).length > 40 ? String(shown(params)) : null);
  const editor = (params) => {
    const list = choices(params);
    if (list === "checkbox") return { component: "agCheckboxCellEditor" };
    if (list) return { component: "agSelectCellEditor", params: { values: ["", ...list], valueListMaxHeight: 260 } };
    return { component: "agTextCellEditor" };
  };
  const isLink = (text) => /^https?:\/\/\S+$/.test(text);
  const target = (params) => {
    const text = String(shown(params));
    return isLink(text) ? text : text && params.context.links[cell(params)];
  };
  const renderer = (params) => {
    if (choices(params) === "checkbox") return { component: "agCheckboxCellRenderer", params: { disabled: locked(params) } };
    if (target(params)) return { component: linked };
    return undefined;
  };
  const linked = (params) => {
    const link = document.createElement("a");
    link.textContent = String(shown(params));
    link.href = target(params);
    const here = /^https:\/\/docs\.google\.com\/spreadsheets\/d\/([\w-]+)\/edit(?:[?#](gid=\d+(?:&fvid=\d+)?))?/.exec(link.href);
    if (here) link.href = `/spreadsheets/${here[1]}` + (here[2] ? `?${here[2]}` : "");
    else Object.assign(link, { target: "_blank", rel: "noopener noreferrer" });
    return link;
  };
  const focused = (params) => {
    const row = params.rowPinned ? params.api.getPinnedTopRow(params.rowIndex) : params.api.getDisplayedRowAtIndex(params.rowIndex);
    const column = params.column?.getColDef?.().field;
    if (!row || !column || column === "n") return;
    document.querySelector(".cell-name").textContent = column + row.data.n;
    document.querySelector(".cell-text").textContent = row.data[column] ?? "";
    document.querySelector(".cell-said").textContent = said(params.context, column + row.data.n).join("\n\n");
  };
  const unfold = (params) =>
    setTimeout(() => params.api.getCellEditorInstances().forEach((editor) => editor.eEditor?.showPicker?.()));
  const typed = (params) => {
    const key = params.event.key;
    const edits = key.length === 1 || ["Enter", "F2", "Delete", "Backspace"].includes(key);
    if (edits && !params.event.ctrlKey && !params.event.metaKey && locked(params))
      emitEvent("locked-cell", params.colDef.field + params.data.n);
  };
  const editing = (box) => box?.querySelector(".ag-cell-inline-editing, .ag-cell-popup-editing") != null;
  const theApi = () => getElement(document.querySelector(".grid-box .nicegui-aggrid")?.id.slice(1))?.api;
  const scrollTo = (n) => {
    const api = theApi();
    const node = api.getRowNode(String(n));
    if (node) { api.ensureNodeVisible(node, "middle"); api.setFocusedCell(node.rowIndex, "A"); }
  };
  // What is frozen leaves the rest of the columns some room, as long as a window is narrow.
  const freeze = (params) => {
    const room = document.querySelector(".grid-box").clientWidth * 0.6;
    let taken = 0;
    const state = params.api.getColumns().filter((column) => column.getColDef().pinned && column.isVisible()).map((column) => {
      taken += column.getActualWidth();
      return { colId: column.getColId(), pinned: taken <= room ? "left" : null };
    });
    params.api.applyColumnState({ state });
  };
  // On paper all rows are there at once, and none that says nothing.
  const says = (node) => Object.entries(node.data).some(([column, value]) => column !== "n" && (value ?? "") !== "");
  const print = (paper) => {
    const api = theApi();
    if (!api) return;
    api.updateGridOptions({
      domLayout: paper ? "print" : "normal", isExternalFilterPresent: () => paper, doesExternalFilterPass: says,
    });
    api.setColumnsVisible(["n"], !paper);
    api.onFilterChanged();
  };
  // Paper is white, whatever the screen is.
  let screen = "";
  const light = (paper) => {
    const { classList } = document.body;
    if (paper && classList.contains("body--dark")) screen = "body--dark";
    if (screen) classList.replace(paper ? screen : "body--light", paper ? "body--light" : screen);
    if (!paper) screen = "";
  };
  addEventListener("beforeprint", () => { light(true); print(true); });
  addEventListener("afterprint", () => { print(false); light(false); });
  const showTab = () => document.querySelector(".tabs .here")?.scrollIntoView({ block: "nearest", inline: "center" });
  return {
    freeze, showTab, locked, choices, editor, renderer, note, setter, focused, typed, unfold, editing, scrollTo,
    editable: (params) => !locked(params),
    // The grid formats the entries of a drop-down too, and these belong to no row.
    shown: (params) => (params.data ? String(shown(params)) : params.value === "" ? "(nothing)" : params.value),
    style: (params) => params.context.styles[cell(params)] ?? null,
    rules: {
      locked,
      noted: (params) => params.context.notes[cell(params)] != null,
      commented: (params) => params.context.comments[cell(params)] != null,
      choice: (params) => Array.isArray(choices(params)) && !locked(params),
    },
  };
})();
