"""How well the right ones are found: labelled sets, our engines beside two plain baselines, figures as JSON."""
