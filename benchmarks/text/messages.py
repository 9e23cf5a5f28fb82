"""Writes train.csv and test.csv, with the columns kind and body, into a folder: python3 messages.py FOLDER

A message is the beginning of a paragraph of a document that Debian installs; its kind is the collection that the document belongs to.
A paragraph that occurs twice is taken once, so that no test message is in the training data. A hash of its words decides where it goes,
so the same documents give the same files. Collections that are not installed are left out.
"""
import csv
import glob
import gzip
import hashlib
import re
import sys

MAN = "/usr/share/man/man"
KINDS = {
    "bash": [f"{MAN}1/bash.1.gz"],
    "binutils": [f"{MAN}1/{tool}.1.gz" for tool in ("ar", "as", "gprof", "ld.bfd", "nm", "objcopy", "objdump", "readelf")],
    "cmake": [f"{MAN}7/cmake-*.7.gz"],
    "curl": [f"{MAN}1/curl.1.gz"],
    "debian": [f"{MAN}*/dpkg*.gz", f"{MAN}*/deb*.gz", f"{MAN}*/apt*.gz"],
    "git": [f"{MAN}*/git*.gz"],
    "gnupg": [f"{MAN}*/gpg*.gz"],
    "java": [f"{MAN}1/{tool}.1.gz" for tool in ("java", "javac", "jar", "jcmd", "jlink", "keytool")],
    "licences": ["/usr/share/common-licenses/*"],
    "networks": [f"{MAN}8/ip*.8.gz", f"{MAN}8/tc*.8.gz"],
    "openssl commands": [f"{MAN}1/*.1ssl.gz"],
    "openssl functions": [f"{MAN}3/*.3ssl.gz", f"{MAN}7/EVP*.7ssl.gz"],
    "pam": [f"{MAN}*/pam*.gz"],
    "perf": [f"{MAN}1/perf*.gz"],
    "perl": [f"{MAN}3/{name}*.3pm.gz" for name in ("Dpkg", "HTML", "IO", "LWP", "Net", "XML")],
    "postgres": [f"{MAN}7/{verb}*.7.gz" for verb in ("ALTER", "CREATE", "DROP")] + [f"{MAN}1/p*sql*.gz", f"{MAN}1/pg*.gz"],
    "python": ["/usr/share/doc/python3.*/NEWS.gz"],
    "regular expressions": [f"{MAN}3/pcre*.gz"],
    "systemd": [f"{MAN}*/systemd*.gz"],
    "system calls": [f"{MAN}2/*.2.gz"],
    "threads": [f"{MAN}3/pthread*.gz"],
    "tmux": [f"{MAN}1/tmux.1.gz"],
}
MAX_MESSAGES, MIN_WORDS, MAX_WORDS, TEST_SHARE = 1500, 6, 40, 0.25


def paragraphs(path):
    """The paragraphs of a text or of a manual page in roff, whose requests begin with a dot."""
    with (gzip.open if path.endswith(".gz") else open)(path, "rt", encoding="utf-8", errors="replace") as file:
        lines = []
        for line in file:
            font = re.match(r"\.[BIR]{1,2} (.*)", line)
            if font:
                line = font[1]
            if line.startswith((".", "'")) or not line.strip():
                yield " ".join(lines)
                lines = []
            else:
                lines.append(re.sub(r"\\f[A-Z]|\\f?\[[^]]*\]|\\\*?\(..|\\[&/,]|\\", "", line.strip()))
        yield " ".join(lines)


messages, seen = [], set()
for kind, patterns in KINDS.items():
    own = []
    for path in sorted({path for pattern in patterns for path in glob.glob(pattern)}):
        for text in paragraphs(path):
            words = re.findall(r"\w+", text.lower())[:MAX_WORDS]
            key = hashlib.sha256(" ".join(words).encode()).hexdigest()
            if len(words) >= MIN_WORDS and key not in seen:
                seen.add(key)
                own.append((key, kind, " ".join(text.split()[:MAX_WORDS])))
    messages += sorted(own)[:MAX_MESSAGES]
    print(f"{kind}: {min(len(own), MAX_MESSAGES)} messages" if own else f"{kind}: not installed")

for name, is_test in (("train.csv", False), ("test.csv", True)):
    with open(f"{sys.argv[1]}/{name}", "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("kind", "body"))
        for key, kind, text in sorted(messages):
            if (int(key[-8:], 16) / 2**32 < TEST_SHARE) == is_test:
                writer.writerow((kind, text))
