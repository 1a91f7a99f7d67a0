"""The page on which a reader confirms or leaves: one sentence and one button."""

from entrepot.dossiers.paper import environment


def answer_page(title: str, words: str, button: str = "") -> str:
    """A page that loads nothing.

    Args:
        title: what it asks or says.
        words: one sentence more.
        button: what pressing it does, by POST to the page's own address; empty: no button.
    """
    template = environment().get_template("letter.page.html.j2")
    return template.render(title=title, words=words, button=button)
