from django.urls import path

from undersigned.imports.views import entry, outcome, walking

app_name = "imports"
urlpatterns = [
    path("imports/", entry.imports, name="list"),
    path("imports/new/<slug:subject>/", entry.file, name="file"),
    path("imports/<int:run>/", outcome.run, name="run"),
    path("imports/<int:run>/file/", entry.file_again, name="file_again"),
    path("imports/<int:run>/columns/", walking.columns, name="columns"),
    path("imports/<int:run>/questions/", walking.questions, name="questions"),
    path("imports/<int:run>/changes/", walking.changes, name="changes"),
    path("imports/<int:run>/discard/", walking.discard, name="discard"),
    path("imports/<int:run>/problems.csv", outcome.problems, name="problems"),
]
