// Loaded by every page. Nothing on a page depends on it: links and forms work without.
import { copy } from "../copy";
import { fields } from "../fields";
import { forms } from "../forms";
import { fragments } from "../fragments";
import { inbox } from "../inbox";
import { keys } from "../keys";
import { lists } from "../lists";
import { live } from "../live";
import { menus } from "../menus";
import { palette } from "../palette";
import { pick } from "../pick";
import { times } from "../times";
import { uploads } from "../uploads";

fragments();
pick();
times();
keys();
menus();
palette();
copy();
forms();
fields();
uploads();
inbox();
lists();
void live();
