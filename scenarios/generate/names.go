package generate

import "strings"

// What the invented bodies are about: each subject with each aspect.
var (
	subjects = []string{
		"water", "ocean", "forest", "climate", "energy", "migration", "labour", "children", "women", "youth",
		"ageing", "disability", "food", "soil", "mountain", "desert", "city", "transport", "aviation", "shipping",
		"space", "radio", "medicine", "vaccine", "narcotics", "crime", "corruption", "disarmament", "mine", "peace",
		"refugee", "disaster", "heritage", "museum", "language", "science", "patent", "trade", "tax", "debt",
	}
	aspects = []string{
		"law", "finance", "data", "safety", "policy", "standards", "education", "statistics", "research", "review",
		"ethics", "access", "planning", "reporting", "cooperation",
	}
	ordinals = []string{"", "first", "second", "third", "fourth", "fifth", "sixth"}
)

// capital begins a text with a capital letter.
func capital(s string) string { return strings.ToUpper(s[:1]) + s[1:] }
