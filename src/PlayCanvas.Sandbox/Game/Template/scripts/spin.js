// Turns its entity around its own axis, `speed`° each second.
var Spin = pc.createScript('spin');

Spin.attributes.add('speed', { type: 'number', default: 40 });

Spin.prototype.update = function (dt) {
    this.entity.rotateLocal(this.speed * 0.4 * dt, this.speed * dt, 0);
};
