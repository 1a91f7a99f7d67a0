"""From a dossier to what people read: page, Markdown, PDF, drawn charts."""
