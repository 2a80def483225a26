# Splits the kernel's command line as RancherOS does: on blanks, except inside quotes or brackets. One word per line.
{
  word = ""
  depth = 0
  quote = ""
  for (i = 1; i <= length($0); i++) {
    c = substr($0, i, 1)
    if (quote != "") { if (c == quote) quote = "" }
    else if (c == "\"" || c == "'") quote = c
    else if (c == "[") depth++
    else if (c == "]") depth--
    if ((c == " " || c == "\t") && depth <= 0 && quote == "") { if (word != "") print word; word = ""; continue }
    word = word c
  }
  if (word != "") print word
}
