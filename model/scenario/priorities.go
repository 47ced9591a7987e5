package scenario

import (
	"errors"
	"fmt"
	"strconv"

	"plenary/model/source"
)

// SwapPriorities gives the text of a scenario's file in which a priority, by its
// position from 0, and the one after it have changed places, and each soft rule has
// the number of the priority that it had: comments and order stay. The error says
// that priorities, or rules, do not stand in this file alone.
func SwapPriorities(src []byte, at int) ([]byte, error) {
	tree, problems := source.Parse("scenario", src)
	if len(problems) > 0 {
		return nil, problems[0]
	}
	if tree.Get("extends") != nil {
		return nil, errors.New("this scenario extends another one, whose rules have numbers of priorities, too: change the order there, or in an editor")
	}
	src, err := source.Swap(src, "priorities", at)
	if err != nil {
		return nil, err
	}
	rules := tree.Get("rules")
	if rules == nil {
		return src, nil
	}
	first, second := strconv.Itoa(at+1), strconv.Itoa(at+2)
	for i, item := range rules.Items {
		if item.Kind != source.Mapping || len(item.Keys) != 1 {
			continue
		}
		tier, to := item.Items[0].Get("tier"), ""
		switch {
		case tier == nil:
			continue
		case tier.Value == first:
			to = second
		case tier.Value == second:
			to = first
		default:
			continue
		}
		if src, err = source.Edit(src, fmt.Sprintf("rules.#%d.%s.tier", i+1, item.Keys[0].Value), to, false); err != nil {
			return nil, err
		}
	}
	return src, nil
}
