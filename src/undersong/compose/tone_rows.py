"""Rows of the palette: sustained tones, plucked notes and pulses."""

from undersong.compose.block import Block, Parameter, share, suits

BRIGHTNESS = share("brightness", 0.4, "0 dark, 1 bright")
ROUGHNESS = share("roughness", 0.25, "0 pure chords, 1 with notes that rub")
REGISTER = share("register", 0.5, "0 low notes lead, 1 high notes lead")
REST = share("rest", 0.25, "share of phrases left out")
MOTIF = share("motif", 0.3, "how often the person's own phrase returns, varied")


def density(low: float, high: float, default: float) -> Parameter:
    """Return how many notes a minute a plucked block plays."""
    return Parameter(
        name="density",
        unit="per minute",
        low=low,
        high=high,
        default=default,
        help="notes a minute, but for the rests",
    )


STRENGTH = share("strength", 0.4, "how firmly it is played: 0 barely, 1 clearly")

TONES: tuple[Block, ...] = (
    # tone
    Block(
        name="warm_pad",
        label="warm pad",
        family="tone",
        help="soft, warm chords that change slowly",
        parameters=(BRIGHTNESS, ROUGHNESS, REGISTER),
        suits=suits(1, 0.9, 0.7),
        follows=("warmth",),
    ),
    Block(
        name="glass_pad",
        label="glass pad",
        family="tone",
        help="clear, airy chords",
        parameters=(BRIGHTNESS, ROUGHNESS, REGISTER),
        suits=suits(0.7, 0.6, 0.1),
        follows=("warmth",),
    ),
    Block(
        name="drone",
        label="low drone",
        family="tone",
        help="a low root and fifth that beat slowly",
        parameters=(BRIGHTNESS, ROUGHNESS, REGISTER),
        suits=suits(0.6, 0.8, 0.9),
        follows=("warmth",),
    ),
    Block(
        name="choir",
        label="choir pad",
        family="tone",
        help="a distant choir on slow vowels",
        parameters=(BRIGHTNESS, ROUGHNESS, REGISTER),
        suits=suits(0.6, 0.2, 0.3),
        follows=("warmth",),
    ),
    Block(
        name="strings",
        label="bowed strings",
        family="tone",
        help="soft bowed strings",
        parameters=(BRIGHTNESS, ROUGHNESS, REGISTER),
        suits=suits(0.7, 0.5, 0.3),
        follows=("warmth",),
    ),
    # pluck
    Block(
        name="felt_piano",
        label="felt piano",
        family="pluck",
        help="single soft notes on a felted piano",
        parameters=(
            density(4, 60, 20),
            STRENGTH,
            BRIGHTNESS,
            REGISTER,
            REST,
            MOTIF,
        ),
        suits=suits(0.9, 0.2, 0),
        follows=("warmth",),
        salience=0.5,
    ),
    Block(
        name="kalimba",
        label="kalimba",
        family="pluck",
        help="thumb piano, small and round",
        parameters=(
            density(4, 60, 18),
            STRENGTH,
            BRIGHTNESS,
            REGISTER,
            REST,
            MOTIF,
        ),
        suits=suits(0.6, 0.1, 0),
        follows=("warmth",),
        salience=0.6,
    ),
    Block(
        name="harp",
        label="harp",
        family="pluck",
        help="gently plucked strings",
        parameters=(
            density(4, 60, 18),
            STRENGTH,
            BRIGHTNESS,
            REGISTER,
            REST,
            MOTIF,
        ),
        suits=suits(0.6, 0.1, 0),
        follows=("warmth",),
        salience=0.5,
    ),
    Block(
        name="bowl",
        label="singing bowl",
        family="pluck",
        help="a bronze bowl, struck softly and left to ring",
        parameters=(
            density(2, 16, 6),
            STRENGTH,
            BRIGHTNESS,
            REGISTER,
            REST,
            MOTIF,
        ),
        suits=suits(0.8, 0, 0.3),
        follows=("warmth",),
        salience=0.4,
    ),
    Block(
        name="marimba",
        label="slow marimba",
        family="pluck",
        help="slow, mellow wooden bars",
        parameters=(
            density(4, 60, 16),
            STRENGTH,
            BRIGHTNESS,
            REGISTER,
            REST,
            MOTIF,
        ),
        suits=suits(0.4, 0.3, 0),
        follows=("warmth",),
        salience=0.5,
    ),
    # pulse
    Block(
        name="pulse",
        label="soft pulse",
        family="pulse",
        help="a soft, low pulse about as slow as a resting heart",
        parameters=(
            Parameter(
                name="rate_per_minute",
                unit="per minute",
                low=40,
                high=70,
                default=54,
                help="beats a minute",
            ),
        ),
        suits=suits(0.2, 0.3, 0.2),
        salience=0.3,
    ),
    Block(
        name="modulation",
        label="gentle modulation",
        family="pulse",
        help="a tone whose loudness flutters evenly",
        parameters=(
            Parameter(
                name="rate_hz",
                unit="Hz",
                low=10,
                high=20,
                default=16,
                help="flutters a second",
            ),
            share("depth", 0.3, "how deep the flutter goes"),
            BRIGHTNESS,
        ),
        suits=suits(0, 0, 0),
    ),
    Block(
        name="breath",
        label="breath swell",
        family="pulse",
        help="air that swells and ebbs at the pace of slow breathing",
        parameters=(
            Parameter(
                name="rate_per_minute",
                unit="per minute",
                low=4,
                high=7,
                default=5.5,
                help="breaths a minute",
            ),
            Parameter(
                name="inhale_share",
                unit="",
                low=0.3,
                high=0.5,
                default=0.4,
                help="share of a breath that swells",
            ),
        ),
        suits=suits(0.5, 0, 0.3),
        follows=("warmth",),
        salience=0.1,
    ),
)
