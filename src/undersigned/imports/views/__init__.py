"""The pages by which a file comes in: four steps, and what came of them. Nothing is written before the last."""
