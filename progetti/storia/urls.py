from django.urls import path

from . import views

urlpatterns = [
    path("<uuid:pk>/storia/<str:blocco>/", views.storia, name="storia"),
    path("<uuid:pk>/storia/<str:blocco>/ripristina/", views.ripristina, name="ripristina"),
    path("<uuid:pk>/storia/<str:blocco>/<uuid:riga>/", views.storia_riga, name="storia_riga"),
]
