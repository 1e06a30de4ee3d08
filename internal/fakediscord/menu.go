package fakediscord

import "strings"

// Menu is the first select menu of m; its zero value if there is none.
func (m Message) Menu() Component {
	for _, row := range m.Components {
		for _, c := range row.Components {
			if c.Type == menuType {
				return c
			}
		}
	}
	return Component{}
}

// menuType is the component type of a select menu with options of its own.
const menuType = 3

// Choose chooses the option of m's menu whose label contains label.
func (f *Server) Choose(who User, m Message, label string) *Exchange {
	f.t.Helper()
	menu := m.Menu()
	for _, o := range menu.Options {
		if strings.Contains(o.Label, label) {
			return f.Interact(Interaction{User: who, On: &m, Button: menu.CustomID, Values: []string{o.Value}})
		}
	}
	f.t.Fatalf("fakediscord: no option %q to choose among %v", label, menu.Options)
	return nil
}

// menu holds a select menu against Discord's limits.
func (c *checker) menu(x map[string]any) {
	c.atMost(150, "placeholder", text(x, "placeholder"))
	options := list(x, "options")
	if len(options) == 0 || len(options) > choicesAtMost {
		c.add("a menu has 1 to %d options, not %d", choicesAtMost, len(options))
	}
	values := map[string]bool{}
	for _, o := range options {
		o, _ := o.(map[string]any)
		for _, key := range []string{"label", "value", "description"} {
			c.atMost(100, "an option's "+key, text(o, key))
		}
		if text(o, "label") == "" || text(o, "value") == "" || values[text(o, "value")] {
			c.add("an option needs a label, and a value that no other has: %v", o)
		}
		values[text(o, "value")] = true
	}
}
