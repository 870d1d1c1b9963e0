export const PRODUCTS = ['mug', 'book', 'shirt', 'lamp', 'headphones', 'shoes', 'chair', 'phone'] as const;
/** What a product costs in the middle, in cents. */
export const PRICES = [1_290, 1_950, 2_490, 4_900, 7_900, 8_990, 14_900, 59_900] as const;
