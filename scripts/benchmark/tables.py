"""A report in Markdown, which is printed as it grows."""


class Report:
    def __init__(self, path):
        self.path, self.parts = path, []

    def title(self, text):
        self._add(f"# {text}\n")

    def section(self, text):
        self._add(f"## {text}\n")

    def text(self, text):
        self._add(f"{text}\n")

    def table(self, head, rows):
        """A table whose first column is text, and the others numbers."""
        lines = ["| " + " | ".join(head) + " |", "|---|" + "--:|" * (len(head) - 1)]
        lines += ["| " + " | ".join(str(cell) for cell in row) + " |" for row in rows]
        self._add("\n".join(lines) + "\n")

    def save(self):
        with open(self.path, "w", encoding="utf-8") as file:
            file.write("\n".join(self.parts))

    def _add(self, text):
        self.parts.append(text)
        print(text, flush=True)


def verdict(value, bar, at_least=False):
    """A value beside its bar."""
    fine = value >= bar if at_least else value <= bar
    return "met" if fine else "MISSED"
