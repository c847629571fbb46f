using System.Text;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace PlayCanvas.Build.Tests.Fuzz;

/// <summary>Changes the structure of JSON: removes values, changes their type, makes them odd or deep, or moves them. Changes the bytes of other content.</summary>
internal static class JsonMutation
{
    public static byte[] Mutate(byte[] json, Random random)
    {
        if (TryRead(json) is not { } root)
            return Mutation.Bytes(json, random);

        for (var changes = random.Next(1, 4); changes > 0; changes--)
            root = Change(root, random);

        var bytes = Encoding.UTF8.GetBytes(root.ToString(random.OneIn(2) ? Formatting.None : Formatting.Indented));
        return random.Next(12) switch
        {
            0 => Mutation.Bytes(bytes, random),
            1 => [.. Encoding.UTF8.GetPreamble(), .. bytes],
            2 => [.. bytes, .. Encoding.UTF8.GetBytes(random.OddText())],
            3 => bytes[..random.Next(bytes.Length + 1)],
            _ => bytes,
        };
    }

    private static JToken? TryRead(byte[] json)
    {
        try
        {
            using var reader = new JsonTextReader(new StringReader(Encoding.UTF8.GetString(json))) { DateParseHandling = DateParseHandling.None };
            return JToken.ReadFrom(reader);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static JToken Change(JToken root, Random random)
    {
        var all = root is JContainer container ? container.DescendantsAndSelf().Where(token => token is not JProperty).ToList() : [root];
        var target = random.Pick(all);
        if (random.OneIn(6) && target != root)
        {
            if (target.Parent is JProperty property)
                property.Remove();
            else
                target.Remove();
            return root;
        }

        var other = random.OneIn(6) ? random.Pick(all).DeepClone() : NewValue(target, random);
        if (target == root)
            return other;
        target.Replace(other);
        return root;
    }

    private static JToken NewValue(JToken old, Random random) => random.Next(10) switch
    {
        0 => JValue.CreateNull(),
        1 => new JObject(),
        2 => new JArray(),
        3 => new JArray(old.DeepClone(), JValue.CreateNull(), old.DeepClone()),
        4 => random.OneIn(2),
        5 => random.OddNumber(),
        6 => random.NextDouble() * Math.Pow(10, random.Next(-300, 300)),
        7 => Nested(old.DeepClone(), random.Next(1, 300)),
        8 => old.Type == JTokenType.String ? 7 : old.ToString(Formatting.None),
        _ => random.OddText(),
    };

    private static JToken Nested(JToken value, int depth)
    {
        for (; depth > 0; depth--)
            value = new JArray(value);
        return value;
    }
}
