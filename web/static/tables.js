// On a phone a table's rows stand under one another (`.stacks` in arranque.css). Each cell then says by
// itself which column it is of; and as a browser no longer takes for a table what is not laid out as
// one, the roles say it.

function stack(table) {
  const columns = [...table.querySelectorAll("thead th")].map((th) => th.textContent.trim());
  table.setAttribute("role", "table");
  for (const part of table.querySelectorAll("thead, tbody")) part.setAttribute("role", "rowgroup");
  for (const th of table.querySelectorAll("thead th")) th.setAttribute("role", "columnheader");
  for (const row of table.rows) {
    row.setAttribute("role", "row");
    if (row.parentElement.tagName === "THEAD") continue;
    [...row.cells].forEach((cell, i) => {
      cell.setAttribute("role", cell.tagName === "TH" ? "rowheader" : "cell");
      cell.dataset.label = columns[i] ?? "";
      cell.toggleAttribute("data-bare", !cell.textContent.trim() && !cell.querySelector("input, button"));
    });
  }
}

export function stackTables(within) {
  for (const table of within.querySelectorAll("table.stacks")) stack(table);
  const around = within.closest?.("table.stacks");
  if (around) stack(around);
}
