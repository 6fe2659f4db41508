from .modulo import WELFARE_2022 as EDIZIONE

__all__ = ["EDIZIONE"]
