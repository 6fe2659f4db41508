from .modulo import DGR1081_2014 as EDIZIONE

__all__ = ["EDIZIONE"]
