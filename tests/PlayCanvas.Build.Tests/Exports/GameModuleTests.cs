using NUnit.Framework;
using PlayCanvas.Build.Exports;

namespace PlayCanvas.Build.Tests.Exports;

[Parallelizable(ParallelScope.All)]
public sealed class GameModuleTests
{
    [TestCase("""
        window.PRELOAD_MODULES = [
            {'moduleName' : 'Ammo', 'glueUrl' : 'files/assets/1/1/ammo.wasm.js', 'wasmUrl' : 'files/assets/2/1/ammo%20x.wasm.wasm', 'fallbackUrl' : 'files/assets/3/1/ammo.js', 'preload' : true},
            {'moduleName' : 'Late', 'glueUrl' : 'late.js', 'wasmUrl' : 'late.wasm', 'fallbackUrl' : '', 'preload' : false},
        ];
        """)]
    [TestCase("""
        export const PRELOAD_MODULES = [
            { moduleName: "Ammo", glueUrl: "./files/assets/1/1/ammo.wasm.js", wasmUrl: "files/assets/2/1/ammo%20x.wasm.wasm", fallbackUrl: "files/assets/3/1/ammo.js", preload: true },
            { moduleName: "Late", glueUrl: "late.js", wasmUrl: "late.wasm", fallbackUrl: "", preload: false }
        ];
        """)]
    [TestCase("""var a=1,PRELOAD_MODULES=[{moduleName:"Ammo",glueUrl:"files/assets/1/1/ammo.wasm.js",wasmUrl:"files/assets/2/1/ammo%20x.wasm.wasm",fallbackUrl:"files/assets/3/1/ammo.js",preload:!0},{glueUrl:"late.js",wasmUrl:"late.wasm",preload:!1}];""")]
    public void The_list_is_read_in_every_notation(string script)
    {
        var modules = GameModule.ListIn(script)!;
        Assert.That(modules.Select(module => (string.Join(" ", module.Paths), module.Fallback, module.Preload)), Is.EqualTo([
            ("files/assets/1/1/ammo.wasm.js files/assets/2/1/ammo x.wasm.wasm", "files/assets/3/1/ammo.js", true),
            ("late.js late.wasm", default(string), false),
        ]));
    }

    [TestCase("PRELOAD_MODULES = [];")]
    [TestCase("PRELOAD_MODULES = [ { 'glueUrl': 'https://example.com/a.js', 'preload': true } ];")]
    public void AListMayBeEmpty(string script) => Assert.That(GameModule.ListIn(script), Is.Empty);

    [TestCase("")]
    [TestCase("SCRIPTS = [ 1 ];")]
    [TestCase("PRELOAD_MODULES = [ {")]
    public void AScriptMayHaveNone(string script) => Assert.That(GameModule.ListIn(script), Is.Null);
}
