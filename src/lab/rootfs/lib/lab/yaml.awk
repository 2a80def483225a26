# Reads one YAML document and prints one line per scalar: path.to.key=value
#
# List items are numbered from 0, a dot inside a key becomes %2E and an equals sign %3D. In values a backslash is
# doubled and a newline is written \n, so that printf %b gives the value back. Known: block maps and lists, flow lists
# and maps, plain, single and double quoted scalars, literal and folded blocks. Anchors, tags and tabs are errors:
# a wrong guess here would look like a wrong cloud-config.

{ sub(/\r$/, ""); line[NR] = $0 }

END {
  if (bad) exit 1
  depth = 0
  pending = ""
  waiting = 0
  for (at = 1; at <= NR; at++) {
    if (blank(line[at])) continue
    if (line[at] ~ /^---[ ]*$/) continue
    if (line[at] ~ /^\.\.\.[ ]*$/) break
    if (line[at] ~ /^%/) fail("directives are not supported")
    indent = indentation(line[at])
    take(indent, trimmed(substr(line[at], indent + 1)))
  }
  settle()
}

function fail(message) {
  printf "line %d: %s\n", at, message > "/dev/stderr"
  bad = 1
  exit 1
}

function blank(text) { return text ~ /^[ ]*(#.*)?$/ }

function trimmed(text) { sub(/[ \t]+$/, "", text); return text }

function indentation(text) {
  match(text, /^[ ]*/)
  if (substr(text, RLENGTH + 1, 1) == "\t") fail("a tab indents this line")
  return RLENGTH
}

function join(path, key) { return path == "" ? key : path "." key }

function safe_key(key) { gsub(/\./, "%2E", key); gsub(/=/, "%3D", key); return key }

function escaped(text,   out, i) {
  out = ""
  while ((i = index(text, "\\"))) { out = out substr(text, 1, i) "\\"; text = substr(text, i + 1) }
  text = out text
  out = ""
  while ((i = index(text, "\n"))) { out = out substr(text, 1, i - 1) "\\n"; text = substr(text, i + 1) }
  return out text
}

function emit(path, text) { print path "=" escaped(text) }

# A key that had nothing under it is null.
function settle() { if (waiting) emit(pending, ""); waiting = 0 }

function push(indent, kind) {
  if (depth > 0 && !waiting) fail("unexpected indentation")
  depth++
  level[depth] = indent
  sort_of[depth] = kind
  base[depth] = waiting ? pending : ""
  index_of[depth] = -1
  waiting = 0
}

function take(indent, text,   key, rest, width, path) {
  while (depth > 0 && level[depth] > indent) { settle(); depth-- }
  if (text == "-" || substr(text, 1, 2) == "- ") {
    # A list may stand at the same column as the key that owns it.
    if (!(depth > 0 && level[depth] == indent && sort_of[depth] == "list")) push(indent, "list")
    else settle()
    index_of[depth]++
    path = join(base[depth], index_of[depth])
    rest = substr(text, 2)
    match(rest, /^[ ]*/)
    width = RLENGTH
    rest = substr(rest, width + 1)
    if (rest == "" || rest ~ /^#/) { pending = path; waiting = 1; return }
    if (rest == "-" || substr(rest, 1, 2) == "- " || colon(rest)) {
      pending = path
      waiting = 1
      take(indent + 1 + width, rest)
      return
    }
    value(path, rest, indent)
    return
  }
  if (depth > 0 && level[depth] == indent && sort_of[depth] == "list") { settle(); depth-- }
  if (depth == 0 && text ~ /^[{]/) { value("", text, -1); return }
  width = colon(text)
  if (!width) fail("no `key:` here: " text)
  if (!(depth > 0 && level[depth] == indent)) push(indent, "map")
  else settle()
  key = substr(text, 1, width - 1)
  rest = substr(text, width + 1)
  sub(/^[ ]+/, "", rest)
  path = join(base[depth], safe_key(unquoted(trimmed(key))))
  if (rest == "" || rest ~ /^#/) { pending = path; waiting = 1; return }
  value(path, rest, indent)
}

# Where the colon stands that makes this text a `key: value`; 0 if it is a plain value.
function colon(text,   first, i) {
  first = substr(text, 1, 1)
  if (first == "[" || first == "{" || first == "|" || first == ">") return 0
  i = 1
  if (first == "\"" || first == "'") {
    i = closing(text, 1)
    if (!i) return 0
    return match(substr(text, i + 1), /^[ ]*:([ ]|$)/) ? i + index(substr(text, i + 1), ":") : 0
  }
  if (match(text, /[ ]#/)) text = substr(text, 1, RSTART - 1)
  if (match(text, /:([ ]|$)/)) return RSTART
  return 0
}

# Position of the quote that closes the one at `from`, 0 if it stays open.
function closing(text, from,   quote, i, c) {
  quote = substr(text, from, 1)
  for (i = from + 1; i <= length(text); i++) {
    c = substr(text, i, 1)
    if (quote == "\"" && c == "\\") { i++; continue }
    if (c != quote) continue
    if (quote == "'" && substr(text, i + 1, 1) == "'") { i++; continue }
    return i
  }
  return 0
}

function unquoted(text,   quote, out, i, c) {
  quote = substr(text, 1, 1)
  if (quote != "\"" && quote != "'") return (text == "~" || text == "null") ? "" : text
  text = substr(text, 2, length(text) - 2)
  out = ""
  for (i = 1; i <= length(text); i++) {
    c = substr(text, i, 1)
    if (quote == "'") { if (c == "'") i++; out = out c; continue }
    if (c != "\\") { out = out c; continue }
    i++
    c = substr(text, i, 1)
    if (c == "n") out = out "\n"
    else if (c == "t") out = out "\t"
    else if (c == "r") out = out "\r"
    else if (c == "\"" || c == "\\" || c == "/" || c == " ") out = out c
    else fail("escape \\" c " is not supported")
  }
  return out
}

function value(path, text, indent,   first, end, rest) {
  first = substr(text, 1, 1)
  if (first == "|" || first == ">") { block(path, text, indent); return }
  if (first == "&" || first == "*" || first == "!") fail("anchors, aliases and tags are not supported")
  if (first == "[" || first == "{") { flow(path, text); return }
  if (first == "\"" || first == "'") {
    while (!(end = closing(text, 1))) {
      if (++at > NR) fail("a quote stays open")
      rest = line[at]
      sub(/^[ ]+/, "", rest)
      text = text " " trimmed(rest)
    }
    rest = substr(text, end + 1)
    if (rest !~ /^[ ]*(#.*)?$/) fail("text after the closing quote: " rest)
    emit(path, unquoted(substr(text, 1, end)))
    return
  }
  text = plain(text)
  while (at < NR && !blank(line[at + 1]) && indentation(line[at + 1]) > indent) {
    at++
    text = text " " plain(substr(line[at], indentation(line[at]) + 1))
    if (text ~ /:( |$)/) fail("unexpected indentation")
  }
  emit(path, unquoted(text))
}

function plain(text) {
  if (match(text, /[ ]+#/)) text = substr(text, 1, RSTART - 1)
  return trimmed(text)
}

function block(path, header, indent,   folded, chomp, own, text, out, last, empty) {
  folded = substr(header, 1, 1) == ">"
  sub(/[ ]+#.*$/, "", header)
  chomp = header ~ /-/ ? "-" : (header ~ /\+/ ? "+" : "")
  own = 0
  if (match(header, /[1-9]/)) own = indent + substr(header, RSTART, 1)
  if (header !~ /^[|>][-+1-9]*$/) fail("not a block header: " header)
  out = ""
  last = 0
  empty = 0
  while (at < NR) {
    text = line[at + 1]
    if (text ~ /^[ ]*$/) { at++; empty++; continue }
    if (!own) { if (indentation(text) <= indent) break; own = indentation(text) }
    match(text, /^[ ]*/)
    if (RLENGTH < own) break
    at++
    if (!last) out = repeat("\n", empty)
    else if (folded && empty == 0) out = out " "
    else out = out repeat("\n", folded ? empty : empty + 1)
    empty = 0
    last = 1
    out = out substr(text, own + 1)
  }
  if (chomp == "" && last) out = out "\n"
  if (chomp == "+") out = out repeat("\n", empty + last)
  emit(path, out)
}

function repeat(text, times,   out) { out = ""; while (times-- > 0) out = out text; return out }

# Flow lists and maps: `source` and `pos` are the cursor; a list may go on over several lines.
function flow(path, text,   rest) {
  while (!balanced(text)) {
    if (++at > NR) fail("a bracket stays open")
    rest = line[at]
    sub(/^[ ]+/, "", rest)
    if (!blank(rest)) text = text " " plain(rest)
  }
  source = text
  pos = 1
  node(path)
  if (substr(source, pos) !~ /^[ ]*(#.*)?$/) fail("text after the closing bracket: " substr(source, pos))
}

function balanced(text,   i, c, open) {
  open = 0
  for (i = 1; i <= length(text); i++) {
    c = substr(text, i, 1)
    if ((c == "\"" || c == "'") && substr(text, i - 1, 1) ~ /[[{,: ]/) { i = closing(text, i); if (!i) return 0 }
    else if (c == "[" || c == "{") open++
    else if ((c == "]" || c == "}") && --open == 0) return 1
  }
  return 0
}

function spaces() { while (substr(source, pos, 1) == " ") pos++ }

function node(path,   c, end, start, item, key) {
  spaces()
  c = substr(source, pos, 1)
  if (c == "[") {
    pos++
    item = 0
    for (;;) {
      spaces()
      if (substr(source, pos, 1) == "]") { pos++; return }
      node(join(path, item++))
      comma("]")
    }
  }
  if (c == "{") {
    pos++
    for (;;) {
      spaces()
      if (substr(source, pos, 1) == "}") { pos++; return }
      key = word(1)
      spaces()
      if (substr(source, pos, 1) != ":") fail("no colon after " key)
      pos++
      node(join(path, safe_key(key)))
      comma("}")
    }
  }
  emit(path, word(0))
}

function comma(close_with) {
  spaces()
  if (substr(source, pos, 1) == ",") pos++
  else if (substr(source, pos, 1) != close_with) fail("no comma at: " substr(source, pos))
}

function word(is_key,   c, end, start) {
  spaces()
  c = substr(source, pos, 1)
  start = pos
  if (c == "\"" || c == "'") {
    end = closing(source, pos)
    pos = end + 1
    return unquoted(substr(source, start, end - start + 1))
  }
  while (pos <= length(source)) {
    c = substr(source, pos, 1)
    if (c == "," || c == "]" || c == "}") break
    if (is_key && c == ":" && substr(source, pos + 1, 1) ~ /[ ]/) break
    pos++
  }
  return unquoted(trimmed(substr(source, start, pos - start)))
}
