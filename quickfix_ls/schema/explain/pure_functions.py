"""Functions that only compute a value from their arguments, the rows of a query and the time; by their SQL names.

Left out are those that draw random numbers, count something up, wait, read or write files, take locks, reach another
server, change or tell the configuration, or run a text as a query.
"""

from __future__ import annotations

_AGGREGATES = """
any_value approx_count_distinct approx_distinct approx_quantile arg_max arg_min argmax argmin array_agg avg bit_and
bit_or bit_xor bool_and bool_or corr count count_if covar_pop covar_samp entropy every favg first fsum geomean
group_concat histogram json_agg json_group_array json_group_object json_object_agg jsonb_agg jsonb_object_agg kurtosis
last list logical_and logical_or mad max max_by mean median min min_by mode percentile_cont percentile_disc product
quantile quantile_cont quantile_disc regr_avgx regr_avgy regr_count regr_intercept regr_r2 regr_slope regr_sxx regr_sxy
regr_syy skewness stddev stddev_pop stddev_samp string_agg sum sumkahan total var_pop var_samp variance variance_pop
"""
_WINDOWS = "cume_dist dense_rank first_value lag last_value lead nth_value ntile percent_rank rank row_number"
_NUMBERS = """
abs acos acosh asin asinh atan atan2 atanh bitwise_count bit_count cbrt ceil ceiling cos cosh cot degrees div even exp
factorial floor gamma gcd greatest isfinite isinf isnan lcm least ln log log10 log2 mod pi pow power radians round sign
sin sinh sqrt tan tanh trunc width_bucket is_inf is_nan xor
"""
_TEXTS = """
ascii bit_length btrim char char_length character_length chr concat concat_ws contains ends_with format glob hex
initcap instr lcase left length levenshtein like lower lpad ltrim md5 octet_length ord overlay pad position printf
quote quote_ident quote_literal quote_nullable regexp_count regexp_extract regexp_extract_all regexp_full_match
regexp_i_like regexp_instr regexp_like regexp_matches regexp_match regexp_replace regexp_split_to_array
regexp_split_to_table regexp_substr repeat replace reverse right rpad rtrim sha sha1 sha2 sha256 soundex space split
split_part starts_with str_position str_split string_split string_split_regex string_to_array strlen strpos substr
substring substring_index suffix prefix to_base64 from_base64 to_hex translate trim typeof ucase unhex unicode upper
"""
_TIMES = """
age century current_date current_datetime current_time current_timestamp date date_add date_bin date_diff date_part
date_sub date_trunc datediff datepart datesub datetime datetrunc day dayname dayofmonth dayofweek dayofyear day_of_month
day_of_week day_of_year decade epoch epoch_ms extract hour isodow isoyear julian julianday last_day localtime
localtimestamp make_date make_interval make_time make_timestamp make_timestamptz microsecond millennium millisecond
minute month monthname now quarter second str_to_date str_to_time str_to_unix strftime strptime time time_str_to_date
time_str_to_time time_to_str time_to_time_str time_to_unix timestamp timestamp_trunc timestampdiff timetz_hour timezone
timezone_hour timezone_minute to_char to_date to_days to_timestamp today try_strptime ts_or_ds_add ts_or_ds_diff
ts_or_ds_to_date ts_or_ds_to_date_str ts_or_ds_to_time ts_or_ds_to_timestamp unix_to_str unix_to_time unixepoch week
week_of_year weekday weekofyear year yearweek date_from_parts justify_days justify_hours justify_interval
"""
_VALUES = """
and array array_agg array_append array_cat array_concat array_contains array_distinct array_dims array_length
array_lower array_ndims array_position array_positions array_prepend array_remove array_replace array_size array_slice
array_sort array_to_string array_upper cardinality case cast coalesce exists explode exploding_generate_series filter
flatten generate_series generate_subscripts grouping if ifnull iif is_null_value json json_array json_array_elements
json_array_elements_text json_array_length json_build_array json_build_object json_each json_each_text json_extract
json_extract_path json_extract_path_text json_extract_scalar json_extract_string json_insert json_keys json_object
json_object_keys json_patch json_quote json_remove json_replace json_set json_tree json_type json_typeof json_valid
jsonb_array_elements jsonb_array_elements_text jsonb_array_length jsonb_build_array jsonb_build_object jsonb_each
jsonb_each_text jsonb_extract jsonb_extract_path jsonb_extract_path_text jsonb_extract_scalar jsonb_object_keys
jsonb_typeof len list_aggregate list_append list_concat list_contains list_distinct list_element list_extract
list_has list_position list_slice list_sort list_sum list_unique list_value map map_keys map_values nullif nvl nvl2 or
range row row_to_json safe_divide struct struct_extract struct_pack to_json to_jsonb to_number try_cast unnest
likely unlikely likelihood j_s_o_n_object j_s_o_n_array
"""

PURE_FUNCTIONS = frozenset(" ".join((_AGGREGATES, _WINDOWS, _NUMBERS, _TEXTS, _TIMES, _VALUES)).split())
