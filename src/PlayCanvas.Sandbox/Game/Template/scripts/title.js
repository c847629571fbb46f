// Puts the scene's name into the page's title, so that one can see which scene has started.
var Title = pc.createScript('title');

Title.attributes.add('text', { type: 'string', default: '' });

Title.prototype.initialize = function () {
    document.title = this.text;
};
