package desk_test

import (
	"os"
	"testing"
)

// What is done in one window, and in the scenario's file, is seen in another.
func TestTwoWindowsAndTheFile(t *testing.T) {
	t.Parallel()
	file := resolution(t)
	address := serve(t, file, "en")
	ctx := browser(t, address)
	did(t, address, "draft", `, "name": "of the other window"`)
	until(t, ctx, `state.drafts.length === 1 && document.querySelector("#drafts").textContent.includes("of the other window")`)
	if err := os.WriteFile(file, []byte(content(t, file)+"\nnonsense: ["), 0o600); err != nil {
		t.Fatal(err)
	}
	until(t, ctx, `document.querySelector("#trouble").textContent.includes("cannot be used as it is")`)
	good := content(t, resolution(t, "interpretation: {teams: 1,", "interpretation: {teams: 5,"))
	if err := os.WriteFile(file, []byte(good), 0o600); err != nil {
		t.Fatal(err)
	}
	until(t, ctx, `document.querySelector("#trouble").textContent === "" && state.undo === "the scenario's file was changed" && facts.some(f => f.path === "stations.vienna.interpretation.teams" && f.value === "5")`)
}
