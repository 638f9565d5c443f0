"""Rows of the palette: water, air, fire, creatures and noise."""

from undersong.compose.block import Block, Parameter, share, suits

RARITY = share("rarity", 0.5, "0 often, 1 so rarely that you nearly forget it")

NATURE: tuple[Block, ...] = (
    # water
    Block(
        name="rain",
        label="rain",
        family="water",
        help="rain from a drizzle to a downpour, on open ground, leaves, roof or tent",
        parameters=(
            share("intensity", 0.4, "0 drizzle, 1 downpour"),
            share("leaves", 0.2, "how much of it falls on leaves"),
            share("roof", 0.0, "how much of it drums on a roof overhead"),
            share("tent", 0.0, "how much of it patters on tent cloth overhead"),
        ),
        suits=suits(1, 0.7, 1),
        follows=("shower", "gust", "nearness"),
    ),
    Block(
        name="ocean",
        label="ocean waves",
        family="water",
        help="waves on a beach, near or far, on sand or shingle",
        parameters=(
            share("distance", 0.4, "0 at the water's edge, 1 behind the dunes"),
            Parameter(
                name="swell_period_seconds",
                unit="s",
                low=6,
                high=16,
                default=10,
                help="time from wave to wave",
            ),
            share("shingle", 0.2, "0 sand, 1 pebbles that rattle in the backwash"),
        ),
        suits=suits(1, 0.4, 1),
        follows=("gust", "nearness"),
    ),
    Block(
        name="stream",
        label="stream",
        family="water",
        help="a small stream over stones",
        parameters=(
            share("flow", 0.4, "0 a trickle, 1 a full brook"),
            share("babble", 0.5, "how clearly single bubbles sing"),
        ),
        suits=suits(1, 0.8, 0.6),
        follows=("shower", "nearness"),
    ),
    Block(
        name="cave_drops",
        label="slow drops",
        family="water",
        help="single drops falling into still water in a wide cave",
        parameters=(
            Parameter(
                name="density",
                unit="per minute",
                low=3,
                high=40,
                default=12,
                help="drops a minute, on average",
            ),
            share("depth", 0.6, "0 a small hollow, 1 a wide hall"),
        ),
        suits=suits(0.6, 0, 0.3),
        follows=("shower", "nearness"),
        salience=0.5,
    ),
    # air
    Block(
        name="wind",
        label="wind",
        family="air",
        help="a breeze in the open, in pines, around a house",
        parameters=(
            share("strength", 0.35, "0 barely moving air, 1 a strong wind"),
            share("pines", 0.3, "how much of it hisses in pine needles"),
            share("house", 0.0, "how much of it hums around a house"),
        ),
        suits=suits(0.8, 0.5, 0.9),
        follows=("gust", "nearness"),
    ),
    Block(
        name="thunder",
        label="far thunder",
        family="air",
        help="thunder rolling far away",
        parameters=(
            RARITY,
            share("distance", 0.7, "0 over the next hill, 1 beyond the horizon"),
        ),
        suits=suits(0.3, 0, 0.3),
        follows=("shower",),
        salience=0.6,
    ),
    Block(
        name="room_tone",
        label="room tone",
        family="air",
        help="the still air of a large quiet room",
        parameters=(share("size", 0.5, "0 a small room, 1 a hall"),),
        suits=suits(0.5, 1, 0.7),
    ),
    # fire
    Block(
        name="hearth",
        label="hearth",
        family="fire",
        help="a wood fire in a hearth",
        parameters=(
            Parameter(
                name="crackle_rate",
                unit="per second",
                low=0.5,
                high=12,
                default=4,
                help="clear crackles a second, on average",
            ),
            share("roar", 0.4, "how strongly the flames roar under the crackle"),
        ),
        suits=suits(1, 0.3, 0.7),
        follows=("gust",),
        salience=0.2,
    ),
    # creatures
    Block(
        name="birds",
        label="birds at dawn",
        family="creatures",
        help="a few birds singing at dawn, at some distance",
        parameters=(RARITY, share("distance", 0.5, "0 in the garden, 1 far off")),
        suits=suits(0.6, 0, 0),
        follows=("gust", "night", "shower"),
        salience=0.8,
    ),
    Block(
        name="crickets",
        label="crickets",
        family="creatures",
        help="crickets and night insects in a warm meadow",
        parameters=(
            RARITY,
            share("insects", 0.4, "how much the high hum of other insects adds"),
        ),
        suits=suits(0.7, 0.1, 0.7),
        follows=("shower", "warmth", "night"),
        salience=0.2,
    ),
    Block(
        name="owl",
        label="distant owl",
        family="creatures",
        help="an owl calling now and then from a distant wood",
        parameters=(RARITY,),
        suits=suits(0.3, 0, 0.2),
        follows=("gust", "shower"),
        salience=0.8,
    ),
    # noise
    Block(
        name="brown_noise",
        label="brown noise",
        family="noise",
        help="a deep, even rumble of noise",
        parameters=(
            Parameter(
                name="colour",
                unit="dB per octave",
                low=-9,
                high=-4.5,
                default=-6,
                help="how fast it falls towards the high end",
            ),
        ),
        suits=suits(0.2, 0.2, 0.5),
    ),
    Block(
        name="pink_noise",
        label="pink noise",
        family="noise",
        help="an even, soft hiss with equal energy in every octave",
        parameters=(
            Parameter(
                name="colour",
                unit="dB per octave",
                low=-4.5,
                high=-1.5,
                default=-3,
                help="how fast it falls towards the high end",
            ),
        ),
        suits=suits(0.1, 0.2, 0.4),
    ),
    Block(
        name="green_noise",
        label="green noise",
        family="noise",
        help="noise gathered around the middle of hearing, like a far waterfall",
        parameters=(
            Parameter(
                name="colour",
                unit="Hz",
                low=250,
                high=1000,
                default=500,
                help="the middle of its band",
            ),
        ),
        suits=suits(0.2, 0.2, 0.4),
    ),
    Block(
        name="fan",
        label="fan",
        family="noise",
        help="a steady room fan",
        parameters=(share("speed", 0.4, "0 slow, 1 fast"),),
        suits=suits(0.1, 0.2, 0.5),
    ),
)
