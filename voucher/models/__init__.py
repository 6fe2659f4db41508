"""What reaches families and firms: here the incentives to firms."""

from .incentivi import AiutoDeMinimis, MisuraIncentivo, RichiestaIncentivo

__all__ = ["AiutoDeMinimis", "MisuraIncentivo", "RichiestaIncentivo"]
