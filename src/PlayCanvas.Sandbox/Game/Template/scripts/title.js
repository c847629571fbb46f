// Sets the page's title to the scene's name, which shows which scene has started.
var Title = pc.createScript('title');

Title.attributes.add('text', { type: 'string', default: '' });

Title.prototype.initialize = function () {
    document.title = this.text;
};
