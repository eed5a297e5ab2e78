"""A terminal driver that asks for the mouse only while a button is held: nothing is sent when it merely moves."""

from textual.driver import Driver
from textual.drivers.linux_driver import LinuxDriver


class QuietMouse(LinuxDriver):
    """Textual's driver with button events (1002) in the place of any motion (1003), which costs a line over SSH."""

    def _enable_mouse_support(self) -> None:
        if self._mouse:
            # Presses, motion while a button is held, and coordinates beyond column 223.
            self.write("\x1b[?1000h\x1b[?1002h\x1b[?1015h\x1b[?1006h")
            self.flush()

    def _disable_mouse_support(self) -> None:
        if self._mouse:
            self.write("\x1b[?1000l\x1b[?1002l\x1b[?1015l\x1b[?1006l")
            self.flush()


def quiet(driver: type[Driver]) -> type[Driver]:
    """The driver to use in the place of the one that Textual has chosen."""
    return QuietMouse if driver is LinuxDriver else driver
