# SPDX-License-Identifier: EUPL-1.2
from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from recommendations.querysets import SavedFilterQuerySet


class Page(models.TextChoices):
    LIST = "list", pgettext_lazy("page", "list")
    BOARD = "board", pgettext_lazy("page", "board")


class SavedFilter(models.Model):
    """A filter of the list or the board that one person keeps under a name; nobody else sees it.

    ``query`` is the address's query as ``RecommendationFilter`` writes it; what it finds is asked anew every time.
    """

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="saved_filters")
    name = models.CharField(pgettext_lazy("filter", "name"), max_length=60)
    page = models.CharField(max_length=5, choices=Page.choices, default=Page.LIST)
    query = models.CharField(max_length=600, blank=True)

    objects = SavedFilterQuerySet.as_manager()

    class Meta:
        verbose_name = _("saved filter")
        verbose_name_plural = _("saved filters")
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["owner", "name"], name="saved_filter_named_once")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse(f"recommendations:{self.page}") + (f"?{self.query}" if self.query else "")
