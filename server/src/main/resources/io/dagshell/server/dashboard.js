// What the pages do besides htmx.
