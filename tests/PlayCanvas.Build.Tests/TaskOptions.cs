using System.Runtime.CompilerServices;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;
using PlayCanvas.Build.Games.Project;
using PlayCanvas.Build.Games.Settings;
using PlayCanvas.Build.Tasks;

namespace PlayCanvas.Build.Tests;

/// <summary>The metadata of a task's only game, as properties of the task.</summary>
internal static class TaskOptions
{
    extension(PlayCanvasGameTask task)
    {
        /// <summary>The game, which is created when a test first uses it.</summary>
        public ITaskItem OnlyGame => (task.Game.Length > 0 ? task.Game : task.Game = [new TaskItem("game")])[0];

        /// <summary>The name of the item. Its metadata stay.</summary>
        public string GamePath
        {
            get => task.OnlyGame.ItemSpec;
            set => task.Game = [new TaskItem(task.OnlyGame) { ItemSpec = MSBuildItemList.Escape(value) }];
        }

        /// <summary>The parameters by which the task compares its game with the installed one.</summary>
        public string Parameters => new GameSettings(new OptionValues(new ItemOptions(task.OnlyGame))).Parameters;

        public string? StateDirectory { get => task.Get(); set => task.Set(value); }

        /// <summary>The folder in which the game is mirrored.</summary>
        public string? DownloadDirectory { get => task.Get(); set => task.Set(value); }

        public string? OldDirectory { get => task.Get(); set => task.Set(value); }

        public string? StoreDirectory { get => task.Get(); set => task.Set(value); }

        public string? StoreDays { get => task.Get(); set => task.Set(value); }

        public string? LockFile { get => task.Get(); set => task.Set(value); }

        public string? LockFilePath { get => task.Get(); set => task.Set(value); }

        /// <summary>The lock file that the targets name; without it, a game has no lock file.</summary>
        public string? DefaultLockFilePath { get => task.Get(); set => task.Set(value); }

        public string? LockedMode { get => task.Get(); set => task.Set(value); }

        public string? ExportSource { get => task.Get(); set => task.Set(value); }

        public string? ResultFile { get => task.Get(); set => task.Set(value); }

        public string? CiOutput { get => task.Get(); set => task.Set(value); }

        public string? ContinuousIntegration { get => task.Get(); set => task.Set(value); }

        public string? ProjectFile { get => task.Get(); set => task.Set(value); }

        public string? ProjectVersion { get => task.Get("DefaultAppVersion"); set => task.Set(value, "DefaultAppVersion"); }

        public string? BuildParameters { get => task.Get("Parameters"); set => task.Set(value, "Parameters"); }

        public string? ProjectId { get => task.Get(); set => task.Set(value); }

        public string? Branch { get => task.Get(); set => task.Set(value); }

        public string? Scenes { get => task.Get(); set => task.Set(value); }

        public string? EngineVersion { get => task.Get(); set => task.Set(value); }

        public string? ScriptsConcatenate { get => task.Get(); set => task.Set(value); }

        public string? ScriptsMinify { get => task.Get(); set => task.Set(value); }

        public string? ScriptsSourcemaps { get => task.Get(); set => task.Set(value); }

        public string? OptimizeSceneFormat { get => task.Get(); set => task.Set(value); }

        public string? PreloadBundle { get => task.Get(); set => task.Set(value); }

        public string? Format { get => task.Get(); set => task.Set(value); }

        public string? ExportFile { get => task.Get(); set => task.Set(value); }

        public string? Exclude { get => task.Get(); set => task.Set(value); }

        public string? KeepSourceMaps { get => task.Get(); set => task.Set(value); }

        public string? AppName { get => task.Get(); set => task.Set(value); }

        public string? AppVersion { get => task.Get(); set => task.Set(value); }

        public string? AppDescription { get => task.Get(); set => task.Set(value); }

        public string? ReleaseNotes { get => task.Get(); set => task.Set(value); }

        public string? SkipPublishedVersion { get => task.Get(); set => task.Set(value); }

        public string? SetPrimaryApp { get => task.Get(); set => task.Set(value); }

        public string? AppId { get => task.Get(); set => task.Set(value); }

        public string? KeepApps { get => task.Get(); set => task.Set(value); }

        public string? PublishId { get => task.Get(); set => task.Set(value); }

        public string? AcceptApp { get => task.Get(); set => task.Set(value); }

        public string? ArchiveBranches { get => task.Get(); set => task.Set(value); }

        public string? ArchiveDirectory { get => task.Get(); set => task.Set(value); }

        public string? ArchiveSkipUnchanged { get => task.Get(); set => task.Set(value); }

        public string? DryRun { get => task.Get(); set => task.Set(value); }

        public string? Checkpoint { get => task.Get(); set => task.Set(value); }

        public string? CheckpointDescription { get => task.Get(); set => task.Set(value); }

        public string? AcceptCheckpoint { get => task.Get(); set => task.Set(value); }

        public string? CheckpointAgain { get => task.Get(); set => task.Set(value); }

        public string? SourceRevisionId { get => task.Get(); set => task.Set(value); }

        public string? PublishUnlocked { get => task.Get(); set => task.Set(value); }

        public string? PublishAgain { get => task.Get(); set => task.Set(value); }

        public string? ApiUrl { get => task.Get(); set => task.Set(value); }

        public string? AccessTokenVariable { get => task.Get(); set => task.Set(value); }

        public string? AccessTokenFile { get => task.Get(); set => task.Set(value); }

        public string? UserSecretsId { get => task.Get(); set => task.Set(value); }

        public string? RequestTimeout { get => task.Get(); set => task.Set(value); }

        public string? JobTimeout { get => task.Get(); set => task.Set(value); }

        public string? MaxRetries { get => task.Get(); set => task.Set(value); }

        private string? Get([CallerMemberName] string name = "") =>
            task.OnlyGame.MetadataNames.Cast<string>().Contains(name) ? task.OnlyGame.GetMetadata(name) : null;

        private void Set(string? value, [CallerMemberName] string name = "") => task.OnlyGame.SetMetadata(name, value ?? "");
    }

    extension(PlayCanvasPublishApp task)
    {
        public ITaskItem App => task.Apps.Single();
    }
}
