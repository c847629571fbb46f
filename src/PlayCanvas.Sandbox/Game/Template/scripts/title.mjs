import { Script } from 'playcanvas';

// Sets the page's title to the scene's name, which shows which scene has started.
export class Title extends Script {
    static scriptName = 'title';

    /** @attribute */
    text = '';

    initialize() {
        document.title = this.text;
    }
}
