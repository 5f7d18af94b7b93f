"""How clean pictures become training inputs. training/README.md names the public recipe behind each choice."""
