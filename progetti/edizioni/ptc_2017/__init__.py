from .modulo import PTC_2017 as EDIZIONE

__all__ = ["EDIZIONE"]
