from django.urls import path

from undersigned.networks.practice import views

app_name = "practice"
urlpatterns = [
    path("", views.walls, name="walls"),
    path("allow/", views.allow, name="allow"),
    path("pictures/<int:number>/", views.picture, name="picture"),
    path("<slug:handle>/", views.wall, name="wall"),
    path("<slug:handle>/fails-next/", views.fails_next, name="fails_next"),
    path("<slug:handle>/posts/<int:number>/", views.post, name="post"),
    path("<slug:handle>/posts/<int:number>/change/", views.change, name="change"),
    path("<slug:handle>/posts/<int:number>/delete/", views.delete, name="delete"),
]
