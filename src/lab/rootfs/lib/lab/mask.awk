# Copies text and hides what looks like a secret: the serial console ends up in logs and on projectors.

BEGIN { secret = "(token|password|passwd|secret|private_key|access_key)"; hidden = -1; pem = 0 }

{
  match($0, /^[ ]*(- )?[ ]*/)
  column = RLENGTH
  if (hidden >= 0 && ($0 ~ /^[ ]*$/ || column > hidden)) { print substr($0, 1, column) "******"; next }
  hidden = -1
  if ($0 ~ /-----END [A-Z ]*PRIVATE KEY/) pem = 0
  else if (pem) { print substr($0, 1, column) "******"; next }
  if ($0 ~ /-----BEGIN [A-Z ]*PRIVATE KEY/) { pem = 1; print; next }

  low = tolower($0)
  if (match(low, "^[ ]*(- )?[ ]*[\"']?[a-z0-9_.-]*" secret "[a-z0-9_.-]*[\"']?[ ]*:[ ]+")) {
    if (substr($0, RLENGTH + 1) ~ /^[|>]/) { print; hidden = column }
    else print substr($0, 1, RLENGTH) "******"
    next
  }
  out = ""
  rest = $0
  # --token X, --token=X, "--token", "X", TOKEN=X, "token": "X", …/scripts/TOKEN
  while (match(tolower(rest), secret "[a-z0-9_-]*[\"']?[ ]*([=:,]|[ ])[ ]*[\"']?[^ \"',&]+|/scripts/[^ \"']+")) {
    found = substr(rest, RSTART, RLENGTH)
    if (found ~ /^\/scripts\//) keep = 9
    else { match(found, /^[A-Za-z0-9_-]+["']?[ ]*([=:,]|[ ])[ ]*["']?/); keep = RLENGTH }
    start = index(rest, found)
    out = out substr(rest, 1, start - 1) substr(found, 1, keep) "******"
    rest = substr(rest, start + length(found))
  }
  print out rest
}
